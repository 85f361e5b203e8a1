extension RawSpan {
    /// How many bytes are the same, from an offset here and an offset there on.
    @inline(__always)
    func commonPrefix(from start: Int, with other: RawSpan, from otherStart: Int) -> Int {
        let limit = Swift.min(byteCount &- start, other.byteCount &- otherStart)
        var count = 0
        while count &+ 64 <= limit {
            let first = pair(at: start &+ count, other, at: otherStart &+ count)
            let second = pair(at: start &+ count &+ 32, other, at: otherStart &+ count &+ 32)
            let isFirst = first.isDifferent
            if isFirst || second.isDifferent {
                return count &+ (isFirst ? first.place : second.place &+ 32)
            }
            count &+= 64
        }
        while count &+ 8 <= limit {
            let difference =
                unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ count, as: UInt64.self)
                ^ other.unsafeLoadUnaligned(fromUncheckedByteOffset: otherStart &+ count, as: UInt64.self)
            guard difference == 0 else { return count &+ difference.trailingZeroBitCount / 8 }
            count &+= 8
        }
        while count < limit,
            unsafeLoad(fromUncheckedByteOffset: start &+ count, as: UInt8.self)
                == other.unsafeLoad(fromUncheckedByteOffset: otherStart &+ count, as: UInt8.self)
        {
            count &+= 1
        }
        return count
    }

    @inline(__always)
    private func pair(at place: Int, _ other: RawSpan, at otherPlace: Int) -> DifferencePair {
        DifferencePair(
            low: unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: SIMD2<UInt64>.self)
                ^ other.unsafeLoadUnaligned(fromUncheckedByteOffset: otherPlace, as: SIMD2<UInt64>.self),
            high: unsafeLoadUnaligned(fromUncheckedByteOffset: place &+ 16, as: SIMD2<UInt64>.self)
                ^ other.unsafeLoadUnaligned(fromUncheckedByteOffset: otherPlace &+ 16, as: SIMD2<UInt64>.self))
    }
}

/// How 32 bytes differ from 32 others: 0 where they don't.
private struct DifferencePair {
    var low: SIMD2<UInt64>
    var high: SIMD2<UInt64>

    @inline(__always)
    var isDifferent: Bool {
        let both = low | high
        return both[0] | both[1] != 0
    }

    /// Of the first byte that differs; without branches, since nobody can guess where two texts part.
    @inline(__always)
    var place: Int {
        let isLow = low[0] | low[1] != 0
        let half = isLow ? low : high
        let isFirst = half[0] != 0
        let word = isFirst ? half[0] : half[1]
        return (isLow ? 0 : 16) &+ (isFirst ? 0 : 8) &+ word.trailingZeroBitCount / 8
    }
}
