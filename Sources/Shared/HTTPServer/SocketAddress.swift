import Glibc

/// The address of one end of a connection.
public enum SocketAddress: Sendable, Hashable {
    /// In host byte order.
    case ipv4(UInt32, port: UInt16)
    /// In host byte order.
    case ipv6(UInt128, port: UInt16, scope: UInt32)
    /// Empty for a client, which has no name.
    case unix(path: String)

    /// Whether the other end can only be on this host.
    public var isLoopback: Bool {
        switch self {
        case .ipv4(let address, _): address >> 24 == 127
        case .ipv6(let address, _, _): address == 1 || address >> 24 == 0xFFFF_7F
        case .unix: true
        }
    }

    public var port: UInt16? {
        switch self {
        case .ipv4(_, let port), .ipv6(_, let port, _): port
        case .unix: nil
        }
    }

    /// As it stands in a URL; nil for what has no address.
    public var host: String? {
        port == nil ? nil : description.lastIndex(of: ":").map { String(description[..<$0]) }
    }

    func with(port: UInt16) -> SocketAddress {
        switch self {
        case .ipv4(let address, _): .ipv4(address, port: port)
        case .ipv6(let address, _, let scope): .ipv6(address, port: port, scope: scope)
        case .unix: self
        }
    }
}

extension SocketAddress {
    /// Reads an IP address in numbers, an IPv6 one without brackets.
    init?(host: String, port: UInt16) {
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, host, &v4) == 1 {
            self = .ipv4(UInt32(bigEndian: v4.s_addr), port: port)
        } else if inet_pton(AF_INET6, host, &v6) == 1 {
            self = .ipv6(Self.number(v6), port: port, scope: 0)
        } else {
            return nil
        }
    }

    var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    /// Longest path that fits into an address, with its closing zero.
    static let maximumPathLength = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        switch self {
        case .ipv4(let address, let port):
            var storage = sockaddr_in()
            storage.sin_family = sa_family_t(AF_INET)
            storage.sin_port = port.bigEndian
            storage.sin_addr.s_addr = address.bigEndian
            return Self.reading(&storage, body)
        case .ipv6(let address, let port, let scope):
            var storage = sockaddr_in6()
            storage.sin6_family = sa_family_t(AF_INET6)
            storage.sin6_port = port.bigEndian
            storage.sin6_scope_id = scope
            withUnsafeMutableBytes(of: &storage.sin6_addr) { $0.storeBytes(of: address.bigEndian, as: UInt128.self) }
            return Self.reading(&storage, body)
        case .unix(let path):
            var storage = sockaddr_un()
            storage.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &storage.sun_path) {
                $0.copyBytes(from: path.utf8.prefix(Self.maximumPathLength))
            }
            return Self.reading(&storage, body)
        }
    }

    /// The address that a call such as accept or getsockname fills in.
    static func filled(_ fill: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) -> (Int32, SocketAddress) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { fill($0, &length) }
        }
        return (result, SocketAddress(storage))
    }

    private init(_ storage: sockaddr_storage) {
        self = withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let v4 = bytes.loadUnaligned(as: sockaddr_in.self)
                return .ipv4(UInt32(bigEndian: v4.sin_addr.s_addr), port: UInt16(bigEndian: v4.sin_port))
            case AF_INET6:
                let v6 = bytes.loadUnaligned(as: sockaddr_in6.self)
                let port = UInt16(bigEndian: v6.sin6_port)
                return .ipv6(Self.number(v6.sin6_addr), port: port, scope: v6.sin6_scope_id)
            default:
                let path = bytes.dropFirst(MemoryLayout<sa_family_t>.size).prefix { $0 != 0 }
                return .unix(path: String(decoding: path, as: UTF8.self))
            }
        }
    }

    private static func number(_ address: in6_addr) -> UInt128 {
        withUnsafeBytes(of: address) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) }
    }

    private static func reading<Storage, Result>(
        _ storage: inout Storage, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Storage>.size)) }
        }
    }
}

extension SocketAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .ipv4(let address, let port):
            "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255):\(port)"
        case .ipv6(let address, let port, _): "[\(Self.text(address))]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    private static func text(_ address: UInt128) -> String {
        var number = address.bigEndian
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(AF_INET6, &number, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    }
}
