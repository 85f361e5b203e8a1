/// Finds a field by the bytes of its key.
struct KeyTable<Field: Sendable>: Sendable {
    private var slots: [[(key: [UInt8], field: Field)]]

    init(_ keys: [(key: [UInt8], field: Field)]) {
        slots = Array(repeating: [], count: 256)
        for (key, field) in keys { slots[Self.slot(of: key.span.bytes)].append((key, field)) }
    }

    func field(for key: RawSpan) -> Field? {
        slots[Self.slot(of: key)].first { $0.key.span.bytes.hasSameBytes(as: key) }?.field
    }

    private static func slot(of key: RawSpan) -> Int {
        var hash = UInt8(truncatingIfNeeded: key.byteCount)
        for at in key.byteOffsets {
            hash = hash &* 31 &+ key.unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self)
        }
        return Int(hash)
    }
}

extension RawSpan {
    func hasSameBytes(as other: RawSpan) -> Bool {
        byteCount == other.byteCount && commonPrefix(from: 0, with: other, from: 0) == byteCount
    }

    func hasSameBytes(as literal: StaticString) -> Bool {
        byteCount == literal.utf8CodeUnitCount && has(literal, at: 0)
    }

    /// How many bytes are the same, from an offset here and an offset there on.
    @inline(__always)
    func commonPrefix(from start: Int, with other: RawSpan, from otherStart: Int) -> Int {
        let limit = Swift.min(byteCount - start, other.byteCount - otherStart)
        var count = 0
        while count + 8 <= limit {
            let difference =
                unsafeLoadUnaligned(fromUncheckedByteOffset: start + count, as: UInt64.self)
                ^ other.unsafeLoadUnaligned(fromUncheckedByteOffset: otherStart + count, as: UInt64.self)
            guard difference == 0 else { return count + difference.trailingZeroBitCount / 8 }
            count += 8
        }
        while count < limit,
            unsafeLoad(fromUncheckedByteOffset: start + count, as: UInt8.self)
                == other.unsafeLoad(fromUncheckedByteOffset: otherStart + count, as: UInt8.self)
        {
            count += 1
        }
        return count
    }
}
