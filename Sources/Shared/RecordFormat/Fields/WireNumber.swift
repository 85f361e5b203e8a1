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

    /// - Returns: nil where the bytes end before the number does.
    static func read(_ bytes: [UInt8], at place: Int) -> (number: UInt64, end: Int)? {
        guard place < bytes.count else { return nil }
        guard bytes[place] >= shortLimit else { return (UInt64(bytes[place]), place + 1) }
        let (start, count) = (place + 1, Int(bytes[place] - mark))
        guard count <= bytes.count - start else { return nil }
        guard bytes.count - start >= 8 else {
            return ((0..<count).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }, start + count)
        }
        let word = bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
        return (UInt64(littleEndian: word) & (UInt64.max >> UInt64(64 - 8 * count)), start + count)
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
