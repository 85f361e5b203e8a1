/// A number of bytes.
///
/// Units with an `i` are powers of 1024, all others powers of 1000, with or without `B`: `1KiB` = `1Ki` = 1024,
/// `1KB` = `1K` = `1k` = 1000.
public struct ByteSize: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var bytes: Int

    public init(bytes: Int) {
        self.bytes = bytes
    }

    /// - Returns: nothing if the text is no size. Fractions have to come out as whole bytes.
    public init?(_ text: String) {
        guard let size = try? ByteSize.parse(text) else { return nil }
        self = size
    }

    public static func < (left: ByteSize, right: ByteSize) -> Bool { left.bytes < right.bytes }

    /// In the largest unit that gives a whole number.
    public var description: String {
        guard bytes > 0 else { return "\(bytes)" }
        let unit = ByteSize.units.filter { bytes.isMultiple(of: $0.bytes) }.max { $0.bytes < $1.bytes }
        return unit.map { "\(bytes / $0.bytes)\($0.name)B" } ?? "\(bytes)"
    }

    private static let units: [(name: String, bytes: Int)] = [
        ("Ki", 1 << 10), ("Mi", 1 << 20), ("Gi", 1 << 30), ("Ti", 1 << 40), ("Pi", 1 << 50),
        ("K", 1000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000), ("P", 1_000_000_000_000_000),
    ]

    static let pattern = "[0-9]+(\\.[0-9]+)?([KkMGTP]i?)?B?|[0-9]+[eE]\\+?[0-9]+"

    static func parse(_ text: String) throws(Rejection) -> ByteSize? {
        if let bytes = try Number.integer(text) {
            guard bytes >= 0 else { throw Rejection("is negative") }
            return ByteSize(bytes: bytes)
        }
        guard let number = try Quantity(at: text[...]) else { return nil }
        guard let unit = size(of: number.rest) else { throw Rejection("has no unit that is known") }
        return ByteSize(bytes: try number.times(unit))
    }

    private static func size(of unit: Substring) -> Int? {
        var name = unit.hasSuffix("B") ? unit.dropLast() : unit
        if name.isEmpty { return 1 }
        if name.first == "k" { name = "K" + name.dropFirst() }
        return units.first { $0.name == name }?.bytes
    }
}

extension ValueType where Value == ByteSize {
    public static var byteSize: ValueType<ByteSize> { byteSize(in: ByteSize(bytes: 0)...) }

    public static func byteSize(in range: some SettingRange<ByteSize>) -> ValueType<ByteSize> {
        let bounds = Bounds(range)
        let isFree = bounds.lowest?.bytes == 0 && bounds.highest == nil
        let limits = isFree ? "" : "," + bounds.text(\.description)
        let allowed = "bytes, or a number with a unit such as 800MiB or 1GB" + limits
        return .text("size", allowed: allowed, pattern: ByteSize.pattern) { text throws(Rejection) in
            guard let size = try ByteSize.parse(text) else { return nil }
            return try bounds.check(size)
        } write: {
            $0.description
        }
    }
}
