/// A number on the wire: one byte below 248, which most are; for others a byte that says how many follow, 247 more than
/// that, the lowest first. Unlike seven bits a byte, they are written and read in one go.
enum WireNumber {
    static let longest = 9
    static let shortLimit: UInt64 = 0xF8
    private static let mark: UInt8 = 0xF7

    /// The first byte of a number that isn't below the limit, and how many follow.
    @inline(__always)
    static func head(_ number: UInt64) -> (first: UInt8, following: Int) {
        let following = (71 &- number.leadingZeroBitCount) / 8
        return (mark &+ UInt8(truncatingIfNeeded: following), following)
    }

    /// The number at the start of the bytes, and how many of them it takes; nil where they end before it does.
    static func read(_ bytes: UnsafeRawBufferPointer) -> (number: UInt64, count: Int)? {
        guard let first = bytes.first else { return nil }
        guard first >= shortLimit else { return (UInt64(first), 1) }
        let following = Int(first - mark)
        guard following < bytes.count else { return nil }
        guard bytes.count > 8 else {
            return ((0..<following).reduce(0) { $0 | UInt64(bytes[1 + $1]) << UInt64(8 * $1) }, 1 + following)
        }
        let word = bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self)
        return (UInt64(littleEndian: word) & (UInt64.max >> UInt64(64 - 8 * following)), 1 + following)
    }
}

extension [UInt8] {
    mutating func append(number: UInt64) {
        guard number >= WireNumber.shortLimit else { return append(UInt8(number)) }
        let (first, following) = WireNumber.head(number)
        append(first)
        for byte in 0..<following { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * byte))) }
    }
}
