import CLinux

/// Waits for many descriptors at once (epoll(7)).
struct Epoll: ~Copyable {
    struct Event {
        let token: UInt64
        let flags: UInt32

        func has(_ flag: EPOLL_EVENTS) -> Bool { flags & flag.rawValue != 0 }
    }

    enum Trigger {
        /// Reported again and again while there is something to read.
        case whileReadable
        /// Reported once for each change: readable, writable, half closed.
        case onChange

        fileprivate var flags: UInt32 {
            switch self {
            case .whileReadable: EPOLLIN.rawValue
            case .onChange: EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
            }
        }
    }

    private let descriptor: Descriptor
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws(SystemError) {
        descriptor = try Descriptor(epoll_create1(Int32(EPOLL_CLOEXEC)), from: "epoll_create1")
    }

    func add(_ number: Int32, _ trigger: Trigger, token: UInt64) throws(SystemError) {
        var event = epoll_event(events: trigger.flags, data: epoll_data_t(u64: token))
        guard epoll_ctl(descriptor.number, EPOLL_CTL_ADD, number, &event) == 0 else { throw SystemError("epoll_ctl") }
    }

    func remove(_ number: Int32) {
        var event = epoll_event()
        epoll_ctl(descriptor.number, EPOLL_CTL_DEL, number, &event)
    }

    /// - Parameter timeout: nil waits for an event however long it takes.
    mutating func wait(timeout: Duration?, _ body: (Event) -> Void) {
        let count = epoll_wait(descriptor.number, &events, Int32(events.count), Self.milliseconds(timeout))
        for index in 0..<max(Int(count), 0) {
            body(Event(token: events[index].data.u64, flags: events[index].events))
        }
    }

    /// Rounded up: a wait that ends just before a deadline would be repeated at once, over and over.
    private static func milliseconds(_ timeout: Duration?) -> Int32 {
        guard let timeout else { return -1 }
        let (seconds, attoseconds) = timeout.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int32(min(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000, 3_600_000))
    }
}
