extension RawSpan {
    @inline(__always)
    func hasSameBytes(as other: RawSpan) -> Bool { byteCount == other.byteCount && begins(with: other, at: 0) }

    @inline(__always)
    func hasSameBytes(as literal: StaticString) -> Bool {
        byteCount == literal.utf8CodeUnitCount && has(literal, at: 0)
    }

    @inline(__always)
    func has(_ literal: StaticString, at start: Int) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard start + count <= byteCount else { return false }
        return begins(with: RawSpan(_unsafeStart: literal.utf8Start, byteCount: count), at: start)
    }

    /// Whether bytes stand at an offset, behind which there are as many.
    ///
    /// Eight are compared at a time, the last of which may have been compared before.
    @inline(__always)
    private func begins(with other: RawSpan, at start: Int) -> Bool {
        let count = other.byteCount
        var at = 0
        guard count >= 8 else {
            while at < count {
                guard uncheckedByte(start &+ at) == other.uncheckedByte(at) else { return false }
                at &+= 1
            }
            return true
        }
        while at &+ 8 < count {
            guard uncheckedWord(start &+ at) == other.uncheckedWord(at) else { return false }
            at &+= 8
        }
        return uncheckedWord(start &+ count &- 8) == other.uncheckedWord(count &- 8)
    }

    /// How many bytes are the same, from an offset here and an offset there on.
    @inline(__always)
    func commonPrefix(from start: Int, with other: RawSpan, from otherStart: Int) -> Int {
        let limit = Swift.min(byteCount &- start, other.byteCount &- otherStart)
        var count = 0
        while count &+ 64 <= limit {
            let block = BlockDifference(self, at: start &+ count, other, at: otherStart &+ count)
            guard !block.isDifferent else { return count &+ block.place }
            count &+= 64
        }
        while count &+ 8 <= limit {
            let difference = uncheckedWord(start &+ count) ^ other.uncheckedWord(otherStart &+ count)
            guard difference == 0 else { return count &+ difference.trailingZeroBitCount / 8 }
            count &+= 8
        }
        while count < limit, uncheckedByte(start &+ count) == other.uncheckedByte(otherStart &+ count) { count &+= 1 }
        return count
    }

    /// The byte at an offset that is known to be inside.
    @inline(__always)
    func uncheckedByte(_ at: Int) -> UInt8 { unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self) }

    /// The eight bytes at an offset behind which there are known to be as many.
    @inline(__always)
    func uncheckedWord(_ at: Int) -> UInt64 { unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self) }
}

/// How 64 bytes differ from 64 others: 0 where they don't.
private struct BlockDifference {
    private var parts: (SIMD2<UInt64>, SIMD2<UInt64>, SIMD2<UInt64>, SIMD2<UInt64>)

    @inline(__always)
    init(_ text: RawSpan, at start: Int, _ other: RawSpan, at otherStart: Int) {
        func part(_ at: Int) -> SIMD2<UInt64> {
            text.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ at, as: SIMD2<UInt64>.self)
                ^ other.unsafeLoadUnaligned(fromUncheckedByteOffset: otherStart &+ at, as: SIMD2<UInt64>.self)
        }
        parts = (part(0), part(16), part(32), part(48))
    }

    @inline(__always)
    var isDifferent: Bool { Self.isDifferent((parts.0 | parts.1) | (parts.2 | parts.3)) }

    /// Of the first byte that differs; without branches, since nobody can guess where two texts part.
    @inline(__always)
    var place: Int {
        let isInFront = Self.isDifferent(parts.0 | parts.1)
        let first = isInFront ? parts.0[0] : parts.2[0]
        let second = isInFront ? parts.0[1] : parts.2[1]
        let third = isInFront ? parts.1[0] : parts.3[0]
        let fourth = isInFront ? parts.1[1] : parts.3[1]
        let isLow = first | second != 0
        let low = isLow ? first : third
        let high = isLow ? second : fourth
        let word = low != 0 ? low : high
        return (isInFront ? 0 : 32) &+ (isLow ? 0 : 16) &+ (low != 0 ? 0 : 8) &+ word.trailingZeroBitCount / 8
    }

    @inline(__always)
    private static func isDifferent(_ part: SIMD2<UInt64>) -> Bool { part[0] | part[1] != 0 }
}
