import Foundation
import Synchronization

/// A peer that does on each connection exactly what a test says, right or wrong.
final class ScriptedServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let accepted = Counter()

    init(_ script: @escaping @Sendable (Peer) -> Void) throws {
        (listener, port) = try Self.listen()
        Thread.detachNewThread { [listener, accepted] in
            while case let descriptor = accept(listener, nil, nil), descriptor >= 0 {
                let peer = Peer(descriptor: descriptor, number: accepted.next())
                Thread.detachNewThread {
                    script(peer)
                    close(descriptor)
                }
            }
            // Closed by anybody else, its number could be another listener's by the time it is accepted from.
            close(listener)
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// Connections so far.
    var connections: Int { accepted.count }

    private static func listen() throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && Foundation.listen(descriptor, 512) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard bound else {
            close(descriptor)
            throw POSIXError(.EADDRINUSE)
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }
}

final class Counter: Sendable {
    private let value = Atomic(0)

    /// - Returns: 1 for the first.
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }

    func add(_ amount: Int) { value.add(amount, ordering: .relaxed) }

    var count: Int { value.load(ordering: .relaxed) }
}

/// The server's end of a connection.
struct Peer: Sendable {
    let descriptor: Int32
    /// 1 for the first connection of the server.
    let number: Int

    /// Reads a request with its body.
    ///
    /// - Returns: nil when the client has gone.
    func request() -> String? {
        var bytes: [UInt8] = []
        while true {
            if let request = Self.whole(bytes) { return request }
            guard let more = read() else { return nil }
            bytes += more
        }
    }

    private static func whole(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let length = text.lowercased().firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
        return text[end.upperBound...].utf8.count >= length ? text : nil
    }

    private func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// - Returns: false when the client has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    func respond(_ body: String = "", status: String = "200 OK", fields: String = "") {
        send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")
    }

    /// Answers every request on the connection the same way.
    func serve(_ body: String) {
        while request() != nil { respond(body) }
    }

    /// Waits until the client has gone.
    func waitForEnd() {
        while read() != nil {}
    }

    /// Breaks the connection off with RST.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        // The descriptor itself is closed by the server after the script; shutdown would send FIN first.
        dup2(Self.nowhere, descriptor)
    }

    private static let nowhere = open("/dev/null", O_RDONLY)
}
