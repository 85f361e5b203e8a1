/// Text as Slurm keeps it: bytes without any promise of UTF-8, never a NUL among them.
public struct Text: Hashable, Sendable {
    public let bytes: [UInt8]

    public static let empty = Text(bytes: [])

    public init(bytes: [UInt8]) {
        precondition(!bytes.contains(0), "Slurm's text ends at a NUL")
        self.bytes = bytes
    }

    public var isEmpty: Bool { bytes.isEmpty }

    /// For people and for labels: invalid UTF-8 becomes U+FFFD.
    public var repaired: String { String(decoding: bytes, as: UTF8.self) }
}

extension Text: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self.init(bytes: Array(value.utf8))
    }
}

extension Text: Comparable {
    /// Byte order, as strcmp gives it: the order of names in Slurm.
    public static func < (left: Text, right: Text) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
