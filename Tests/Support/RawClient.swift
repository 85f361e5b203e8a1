import Foundation
import Locks

/// A client that sends exactly the bytes it is told to. It never blocks a thread of the concurrency pool, on which the
/// server under test may want to work.
public final class RawClient: Sendable {
    public enum Place: Sendable {
        case ipv4(port: UInt16)
        case ipv6(port: UInt16)
        case unix(path: String)
    }

    public struct Failure: Error {
        public let call: String
        public let code: Int32
    }

    public struct Overdue: Error {
        public let received: String
    }

    private let socket: Int32
    private let received = Locked<[UInt8]>([])

    private let server: (any Sendable)?

    /// - Parameters:
    ///   - receiveBuffer: small, to make a server wait for this client soon.
    ///   - server: is kept alive as long as its client.
    public init(_ place: Place, receiveBuffer: Int32? = nil, of server: (any Sendable)? = nil) throws {
        self.server = server
        let family = place.family
        socket = Glibc.socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure(call: "socket", code: errno) }
        if var size = receiveBuffer {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        let number = socket
        guard place.withPointer({ connect(number, $0, $1) }) == 0 else { throw Failure(call: "connect", code: errno) }
    }

    deinit {
        close(socket)
    }

    public func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    public func send(_ bytes: [UInt8]) async throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0, errno == EAGAIN {
                try await Task.sleep(for: .milliseconds(1))
                continue
            }
            guard count >= 0 else { throw Failure(call: "send", code: errno) }
            sent += count
        }
    }

    /// Says that nothing more will be sent.
    public func endSending() {
        shutdown(socket, Int32(SHUT_WR))
    }

    /// Has the end of this client be a reset, as that of a process is which is killed with answers unread: an orderly end
    /// looks to the server like that of a client that has sent all and still listens.
    public func resetAtEnd() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// What has come; nil at the end of the stream.
    public func receive(atMost limit: Int = 64 * 1024, within time: Duration = .seconds(20)) async throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: limit)
        let deadline = ContinuousClock.now + time
        while true {
            let count = recv(socket, &buffer, limit, Int32(MSG_DONTWAIT))
            if count > 0 { return Array(buffer[..<count]) }
            if count == 0 { return nil }
            guard errno == EAGAIN else { throw Failure(call: "recv", code: errno) }
            guard ContinuousClock.now < deadline else {
                throw Overdue(received: received.withLock { String(decoding: $0, as: UTF8.self) })
            }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    /// For a thread that may wait.
    ///
    /// - Returns: how many bytes came, 0 at the end of the stream, nil after an error.
    public func receiveBlocking(atMost limit: Int) -> Int? {
        var buffer = [UInt8](repeating: 0, count: limit)
        let count = recv(socket, &buffer, limit, 0)
        return count < 0 ? nil : count
    }

    /// All bytes up to the end of the stream.
    public func rest() async throws -> String {
        while let more = try await receive() { received.withLock { $0 += more } }
        return received.withLock { bytes in
            defer { bytes = [] }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// How many bytes have come that nobody has asked for yet; they are dropped.
    public func buffered() -> Int {
        received.withLock { bytes in
            defer { bytes = [] }
            return bytes.count
        }
    }

    /// All bytes up to and with a text.
    public func text(upTo end: String) async throws -> String {
        while true {
            if let text = take(upTo: Array(end.utf8)) { return text }
            guard let more = try await receive() else { throw Overdue(received: try await rest()) }
            received.withLock { $0 += more }
        }
    }

    public func bytes(_ count: Int) async throws -> [UInt8] {
        while received.withLock({ $0.count }) < count {
            guard let more = try await receive() else { throw Overdue(received: try await rest()) }
            received.withLock { $0 += more }
        }
        return received.withLock { bytes in
            defer { bytes.removeFirst(count) }
            return Array(bytes[..<count])
        }
    }

    private func take(upTo end: [UInt8]) -> String? {
        received.withLock { bytes in
            guard let range = bytes.firstRange(of: end) else { return nil }
            defer { bytes.removeSubrange(..<range.upperBound) }
            return String(decoding: bytes[..<range.upperBound], as: UTF8.self)
        }
    }
}

extension RawClient {
    public struct Response: Sendable {
        public let status: Int
        /// With names in lower case.
        public let fields: [String: String]
        public let body: String
    }

    /// The next response, its end found as a client would.
    public func response(hasBody: Bool = true) async throws -> Response {
        let lines = try await text(upTo: "\r\n\r\n").split(separator: "\r\n")
        let status = Int(lines.first?.split(separator: " ").dropFirst().first ?? "") ?? 0
        let pairs = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
        }
        let fields = Dictionary(pairs) { "\($0), \($1)" }
        let isEmpty = !hasBody || status < 200 || status == 204 || status == 304
        return Response(status: status, fields: fields, body: isEmpty ? "" : try await body(fields))
    }

    private func body(_ fields: [String: String]) async throws -> String {
        if let length = fields["content-length"].flatMap({ Int($0) }) {
            return String(decoding: try await bytes(length), as: UTF8.self)
        }
        guard fields["transfer-encoding"] == "chunked" else { return try await rest() }
        var body: [UInt8] = []
        while let size = Int(try await text(upTo: "\r\n").dropLast(), radix: 16), size > 0 {
            body += try await bytes(size)
            _ = try await bytes(2)
        }
        _ = try await bytes(2)
        return String(decoding: body, as: UTF8.self)
    }
}

extension RawClient.Place {
    fileprivate var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    fileprivate func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        switch self {
        case .ipv4(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return Self.reading(&address, body)
        case .ipv6(let port):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = in6addr_loopback
            return Self.reading(&address, body)
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            return Self.reading(&address, body)
        }
    }

    private static func reading<Address, Result>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Address>.size)) }
        }
    }
}
