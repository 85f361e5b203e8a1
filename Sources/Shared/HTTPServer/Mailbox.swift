import CLinux
import Glibc
import Locks

/// What other threads have to say to the thread of the connections.
final class Mailbox: Sendable {
    enum Message: Sendable {
        /// Work has something to send.
        case progress(Exchange)
        case ended(Exchange)
        case stop(deadline: ContinuousClock.Instant)
    }

    private let event: Descriptor
    private let messages = Lock<[Message]>([])

    init() throws(SystemError) {
        event = try Descriptor(eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)), from: "eventfd")
    }

    /// Readable while there are messages.
    var number: Int32 { event.number }

    func post(_ message: Message) {
        let isFirst = messages.withLock {
            $0.append(message)
            return $0.count == 1
        }
        if isFirst { eventfd_write(event.number, 1) }
    }

    func takeAll() -> [Message] {
        var count: eventfd_t = 0
        eventfd_read(event.number, &count)
        return messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}
