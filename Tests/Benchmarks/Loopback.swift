import Glibc

/// Plain connections to 127.0.0.1.
enum Loopback {
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
        for _ in 0..<12_000 {
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

    /// A byte a second for each, evenly spread, by a thread that gives way to whoever else wants the processor: what is
    /// measured is what the bytes cost the server, not what they cost their senders.
    func drip(for seconds: Int) {
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
        let head = Array("GET /body HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 60)
        let start = ContinuousClock.now
        for (number, index) in (0..<seconds).lazy.flatMap({ second in self.sockets.indices.map { (second, $0) } }) {
            let due = start + .seconds(number) + .seconds(1) * index / sockets.count
            let left = due - .now
            if left > .zero { usleep(useconds_t(left / .microseconds(1))) }
            send(sockets[index], [head[number % head.count]], 1, Int32(MSG_NOSIGNAL))
        }
    }
}
