/// What a request asks for: path and query as they came, percent-encoding included (RFC 9112 §3.2).
public struct RequestTarget: Sendable, Hashable {
    /// Starts with a slash, or is `*` alone.
    public let path: String

    /// What follows the first question mark.
    public let query: String?

    public static let root = RequestTarget(path: "/", query: nil)

    /// `OPTIONS *`: the server as a whole.
    public var isAsterisk: Bool { path == "*" }
}

extension RequestTarget {
    /// Reads the origin, absolute or asterisk form; of an absolute URI only path and query count, whoever it names.
    ///
    /// - Returns: nil if it is none of them.
    public init?(_ text: String) {
        self.init(text.utf8)
    }

    init?(_ bytes: some BidirectionalCollection<UInt8>) {
        guard let first = bytes.first, bytes.allSatisfy(Self.isAllowed) else { return nil }
        if first == UInt8(ascii: "/") {
            self.init(origin: bytes[...])
        } else if first == UInt8(ascii: "*"), bytes.count == 1 {
            self.init(path: "*", query: nil)
        } else {
            self.init(absolute: bytes[...])
        }
    }

    private init(origin bytes: some Collection<UInt8>) {
        let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
        path = String(decoding: bytes[..<(mark ?? bytes.endIndex)], as: UTF8.self)
        query = mark.map { String(decoding: bytes[bytes.index(after: $0)...], as: UTF8.self) }
    }

    private init?(absolute bytes: some BidirectionalCollection<UInt8>) {
        guard let rest = Self.afterScheme(String(decoding: bytes, as: UTF8.self)) else { return nil }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        guard end > rest.startIndex else { return nil }
        let tail = rest[end...]
        self.init(origin: (tail.first == "/" ? String(tail) : "/" + tail).utf8)
    }

    private static func afterScheme(_ text: String) -> Substring? {
        for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
            return text.dropFirst(scheme.count)
        }
        return nil
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x7F && byte != UInt8(ascii: "#")
    }
}
