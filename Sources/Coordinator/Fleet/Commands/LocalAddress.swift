import Glibc

/// Where a process of this host listens, or is to.
struct LocalAddress {
    let port: Int
    private let host: in_addr

    /// - Parameter text: host and port; every address of this host has its loopback address among them.
    init(_ text: String) {
        let colon = text.lastIndex(of: ":") ?? text.endIndex
        port = Int(text[colon...].dropFirst()) ?? 8080
        var host = in_addr()
        let isNamed = inet_pton(AF_INET, String(text[..<colon]), &host) == 1 && host.s_addr != 0
        self.host = isNamed ? host : Self.loopback
    }

    init(port: Int) {
        self.port = port
        host = Self.loopback
    }

    private static var loopback: in_addr { in_addr(s_addr: in_addr_t(0x7F00_0001).bigEndian) }

    var isFree: Bool {
        attempt { descriptor, address, length in
            var yes: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            return bind(descriptor, address, length) == 0
        }
    }

    var isListening: Bool {
        attempt { connect($0, $1, $2) == 0 }
    }

    private func attempt(_ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr = host
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

/// Ports that nobody listens on, the usual one first.
struct FreePorts {
    private var given: Set<Int> = []

    mutating func reserve(_ port: Int) {
        given.insert(port)
    }

    mutating func next(from first: Int) -> Int {
        let port = (first...65_535).first { !given.contains($0) && LocalAddress(port: $0).isFree } ?? first
        given.insert(port)
        return port
    }
}
