import Glibc
import HTTP
import Locks

/// What all connections of a server share. Belongs to the thread that serves them, the statistics excepted.
final class ServerContext {
    let limits: HTTPServer.Limits
    let responder: any Responder
    let statistics: SharedStatistics
    let mailbox: Mailbox
    let report: @Sendable (HTTPServer.Event) -> Void

    /// Everybody reads into the same bytes; a connection keeps only what it cannot use at once.
    var readBuffer = [UInt8](repeating: 0, count: 16 * 1024)
    var isStopping = false
    /// What ``HTTPServer/Limits/bodies`` limits.
    var bodyBytes = 0
    private(set) var now = ContinuousClock.now
    private var dateSecond = 0
    private var dateLine: [UInt8] = []

    init(
        limits: HTTPServer.Limits, responder: any Responder, statistics: SharedStatistics, mailbox: Mailbox,
        report: @escaping @Sendable (HTTPServer.Event) -> Void
    ) {
        self.limits = limits
        self.responder = responder
        self.statistics = statistics
        self.mailbox = mailbox
        self.report = report
        tick()
    }

    /// Time stands still between two of these.
    func tick() {
        now = ContinuousClock.now
        let second = time(nil)
        guard second != dateSecond else { return }
        dateSecond = second
        dateLine = Array("Date: \(HTTPDate.format(secondsSinceEpoch: second))\r\n".utf8)
    }

    /// The fields of a response that are the server's to set, and the end of its head.
    func headEnd(length: BodyLength, version: HTTPVersion, isLast: Bool) -> [UInt8] {
        var bytes = dateLine
        switch length {
        case .none: break
        case .sized(let count): bytes += "Content-Length: \(count)\r\n".utf8
        case .chunked: bytes += "Transfer-Encoding: chunked\r\n".utf8
        }
        if isLast {
            bytes += "Connection: close\r\n".utf8
        } else if version == .http10 {
            bytes += "Connection: keep-alive\r\n".utf8
        }
        bytes += "\r\n".utf8
        return bytes
    }

    enum BodyLength: Equatable {
        /// There is none, or it ends with the connection.
        case none
        case sized(Int)
        case chunked
    }
}

/// Written by one thread, read by any.
final class SharedStatistics: Sendable {
    private let value = Locked(HTTPServer.Statistics())

    var current: HTTPServer.Statistics { value.withLock { $0 } }

    func update(_ change: (inout HTTPServer.Statistics) -> Void) {
        value.withLock { change(&$0) }
    }

    /// - Returns: false if as much is worked on already.
    func beginWork(limit: Int) -> Bool {
        value.withLock {
            guard $0.works < limit else { return false }
            $0.works += 1
            return true
        }
    }
}
