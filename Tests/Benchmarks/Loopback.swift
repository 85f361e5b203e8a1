import Glibc

/// Plain connections to 127.0.0.1.
enum Loopback {
    static func freePort() throws -> Int {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(number) }
        var address = self.address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) == 0 ? getsockname(number, $0, &length) : -1
            }
        }
        guard result == 0 else { throw Program.Failure(program: "bind", code: errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    static func connect(to port: Int) throws -> Int32 {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = self.address(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(number)
            throw Program.Failure(program: "connect", code: errno)
        }
        return number
    }

    static func awaitListener(on port: Int) throws {
        for _ in 0..<1000 {
            if let number = try? connect(to: port) {
                close(number)
                return
            }
            usleep(5000)
        }
        throw Program.Failure(program: "listen", code: ETIMEDOUT)
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

/// Many connections that send nothing, or a byte a second each.
final class Crowd {
    private(set) var sockets: [Int32] = []

    init(_ count: Int, at port: Int) throws {
        for _ in 0..<count { sockets.append(try Loopback.connect(to: port)) }
    }

    deinit {
        for socket in sockets { close(socket) }
    }

    /// How many the server has not closed.
    var held: Int {
        sockets.count { socket in
            var byte: UInt8 = 0
            return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0 && errno == EAGAIN
        }
    }

    /// The bytes of a second spread over that second, in slices of 10 ms.
    func drip(for seconds: Int) {
        let head = Array("GET /body HTTP/1.1\r\nHost: a\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8)
        for second in 0..<seconds {
            for slice in 0..<100 {
                let start = ContinuousClock.now
                for index in stride(from: slice, to: sockets.count, by: 100) {
                    send(sockets[index], [head[second % head.count]], 1, Int32(MSG_NOSIGNAL))
                }
                let left = ContinuousClock.Duration.milliseconds(10) - (ContinuousClock.now - start)
                usleep(useconds_t(max(left / .microseconds(1), 0)))
            }
        }
    }
}
