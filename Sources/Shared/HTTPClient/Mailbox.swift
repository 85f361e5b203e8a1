import CCurl
import Locks

/// What other threads ask of the loop's thread, and the one way to wake it.
final class Mailbox: Sendable {
    enum Command {
        case start(Transfer)
        case resume(Int)
        case end(Int)
    }

    private struct Contents: @unchecked Sendable {
        var commands: [Command] = []
        var isOpen = true
        /// libcurl's multi handle, of which curl_multi_wakeup alone may be called from any thread.
        let multi: UnsafeMutableRawPointer
    }

    private let contents: Locked<Contents>

    /// - Parameter multi: stays valid until `drain` has said that the mailbox is closed.
    init(waking multi: UnsafeMutableRawPointer) {
        contents = Locked(Contents(multi: multi))
    }

    /// - Returns: false if nobody will read it any more.
    @discardableResult
    func post(_ command: Command) -> Bool {
        contents.withLock { contents in
            guard contents.isOpen else { return false }
            contents.commands.append(command)
            if contents.commands.count == 1 { curl_multi_wakeup(contents.multi) }
            return true
        }
    }

    /// What was posted until now is still delivered, with the last `drain`.
    func close() {
        contents.withLock { contents in
            guard contents.isOpen else { return }
            contents.isOpen = false
            curl_multi_wakeup(contents.multi)
        }
    }

    /// - Returns: what was posted since the last time, and whether there can be more.
    func drain() -> (commands: [Command], isOpen: Bool) {
        contents.withLock { contents in
            defer { contents.commands = [] }
            return (contents.commands, contents.isOpen)
        }
    }
}
