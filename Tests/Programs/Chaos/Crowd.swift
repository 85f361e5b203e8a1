import Foundation
import Locks

/// Clients of a coordinator that don't behave.
final class Crowd: Sendable {
    private let isOver = Locked(false)
    private let read = Locked(0)

    /// - Parameters:
    ///   - idle: how many connect and say nothing.
    ///   - halfway: how many stop in the middle of their request.
    ///   - slow: how many read a KiB a second of `/federate`.
    ///   - rush: whether ten thousand connections a second are made and closed.
    init(_ port: UInt16, idle: Int, halfway: Int, slow: Int, rush: Bool = false) {
        Thread.detachNewThread { [isOver, read] in
            let members =
                Crowd.connected(idle, port, saying: "")
                + Crowd.connected(halfway, port, saying: "GET /federate HTTP/1.1\r\nHo")
            let readers = Crowd.connected(slow, port, saying: "GET \(Client.path) HTTP/1.1\r\nHost: x\r\n\r\n")
            while !isOver.withLock({ $0 }) {
                for reader in readers {
                    if case .bytes(let bytes) = Socket.receive(from: reader, atMost: 102) {
                        read.withLock { $0 += bytes.count }
                    }
                }
                if rush { Crowd.rush(port) } else { usleep(100_000) }
            }
            for socket in members + readers { Socket.close(socket) }
        }
    }

    deinit { end() }

    func end() { isOver.withLock { $0 = true } }

    /// How many bytes the slow ones have got.
    var bytesRead: Int { read.withLock { $0 } }

    private static func connected(_ count: Int, _ port: UInt16, saying words: String) -> [Int32] {
        (0..<count).compactMap { _ in
            guard let socket = Socket.connected("127.0.0.1", port, receiveBuffer: 4096) else { return nil }
            var rest = Array(words.utf8)[...]
            for _ in 0..<100 where !rest.isEmpty {
                rest = rest.dropFirst(Socket.send(rest, to: socket) ?? 0)
                if !rest.isEmpty { usleep(1_000) }
            }
            return socket
        }
    }

    /// A thousand connections in a tenth of a second, which are closed at once.
    private static func rush(_ port: UInt16) {
        let end = ContinuousClock.now + .milliseconds(100)
        for _ in 0..<1_000 where ContinuousClock.now < end {
            if let socket = Socket.connected("127.0.0.1", port) { Socket.close(socket, withReset: true) }
        }
        while ContinuousClock.now < end { usleep(1_000) }
    }
}
