// Everything here that touches memory by address, behind spans that check their bounds.

extension OutputSpan<UInt8> {
    /// Appends a copy of all of `source`.
    @inlinable @inline(__always)
    package mutating func append(copying source: Span<UInt8>) {
        withUnsafeMutableBufferPointer { buffer, count in
            precondition(source.count <= buffer.count - count, "the room that was asked for is too small")
            source.withUnsafeBytes { bytes in
                guard let from = bytes.baseAddress, let to = buffer.baseAddress else { return }
                UnsafeMutableRawPointer(to + count).copyMemory(from: from, byteCount: bytes.count)
            }
            count += source.count
        }
    }
}

extension Span<UInt8> {
    /// A hash that differs from process to process, so that nobody can choose colliding labels.
    package var seededHash: UInt32 {
        var hasher = Hasher()
        withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    package func equals(_ other: Span<UInt8>) -> Bool {
        count == other.count && firstDifference(from: other) == count
    }

    /// Byte order, a beginning before the whole.
    package func precedes(_ other: Span<UInt8>) -> Bool {
        let place = firstDifference(from: other)
        if place == other.count { return false }
        return place == count || self[place] < other[place]
    }

    /// Where the two part, or the length of the shorter.
    package func firstDifference(from other: Span<UInt8>) -> Int {
        let common = Swift.min(count, other.count)
        var place = 0
        while place + 8 <= common {
            let difference = word(at: place) ^ other.word(at: place)
            if difference != 0 { return place + difference.trailingZeroBitCount / 8 }
            place += 8
        }
        while place < common && self[place] == other[place] { place += 1 }
        return place
    }

    /// Up to eight bytes from here on as a number that sorts like them.
    package func sortKey(at place: Int) -> UInt64 {
        if place + 8 <= count { return word(at: place).byteSwapped }
        var key: UInt64 = 0
        for index in place..<count { key |= UInt64(self[index]) << UInt64(56 - 8 * (index - place)) }
        return key
    }

    /// Eight bytes, the first of them lowest.
    @inline(__always)
    func word(at place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
