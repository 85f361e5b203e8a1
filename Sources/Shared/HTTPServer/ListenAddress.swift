/// Where a server listens, as people write it in a configuration.
public enum ListenAddress: Sendable, Hashable {
    /// `:9341`: every IPv4 and, where there is IPv6, every IPv6 address of the host.
    case everywhere(port: UInt16)
    /// `localhost:9341`: 127.0.0.1 and, where there is IPv6, ::1. No other name is looked up.
    case localhost(port: UInt16)
    /// `127.0.0.1:9341`, `[::1]:9341`, `unix:/path`.
    case exactly(SocketAddress)

    public init(_ text: String) throws(ListenAddressError) {
        if text.hasPrefix("unix:") {
            self = .exactly(try Self.unix(String(text.dropFirst(5)), in: text))
            return
        }
        guard let colon = text.lastIndex(of: ":") else { throw ListenAddressError(text, .portMissing) }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let port = UInt16(digits) else {
            throw ListenAddressError(text, .portInvalid)
        }
        self = try Self.tcp(host: text[..<colon], port: port, in: text)
    }

    private static func unix(_ path: String, in text: String) throws(ListenAddressError) -> SocketAddress {
        guard path.hasPrefix("/"), !path.utf8.contains(0) else { throw ListenAddressError(text, .pathNotAbsolute) }
        guard path.utf8.count <= SocketAddress.maximumPathLength else { throw ListenAddressError(text, .pathTooLong) }
        return .unix(path: path)
    }

    private static func tcp(
        host: Substring, port: UInt16, in text: String
    ) throws(ListenAddressError) -> ListenAddress {
        switch host {
        case "": return .everywhere(port: port)
        case "localhost": return .localhost(port: port)
        default:
            let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
            let literal = isBracketed ? String(host.dropFirst().dropLast()) : String(host)
            guard let address = SocketAddress(host: literal, port: port), isBracketed == literal.contains(":") else {
                throw ListenAddressError(text, .hostInvalid)
            }
            return .exactly(address)
        }
    }

    /// Whether only this host can connect.
    public var isLoopback: Bool {
        switch self {
        case .everywhere: false
        case .localhost: true
        case .exactly(let address): address.isLoopback
        }
    }

    /// - Returns: the addresses to bind; the first must work, the others only where the host has their family.
    var candidates: [SocketAddress] {
        switch self {
        case .everywhere(let port): [.ipv4(0, port: port), .ipv6(0, port: port, scope: 0)]
        case .localhost(let port): [.ipv4(0x7F00_0001, port: port), .ipv6(1, port: port, scope: 0)]
        case .exactly(let address): [address]
        }
    }
}

extension ListenAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .everywhere(let port): ":\(port)"
        case .localhost(let port): "localhost:\(port)"
        case .exactly(let address): address.description
        }
    }
}

/// Why a text is no listen address.
public struct ListenAddressError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: Sendable, Hashable {
        case portMissing, portInvalid, hostInvalid, pathNotAbsolute, pathTooLong
    }

    public let text: String
    public let reason: Reason

    init(_ text: String, _ reason: Reason) {
        self.text = text
        self.reason = reason
    }

    public var description: String {
        "'\(text)' is no listen address: \(problem); allowed are :9341, 127.0.0.1:9341, [::1]:9341, localhost:9341"
            + " and unix:/path"
    }

    /// Reads on after "since".
    public var problem: String {
        switch reason {
        case .portMissing: "the port is missing"
        case .portInvalid: "the port is not a number from 0 to 65535"
        case .hostInvalid: "the host is neither an IP address (IPv6 in brackets) nor localhost"
        case .pathNotAbsolute: "the path of the socket is not absolute"
        case .pathTooLong: "the path of the socket has more than \(SocketAddress.maximumPathLength) bytes"
        }
    }
}
