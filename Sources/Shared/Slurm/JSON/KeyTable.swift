/// Finds a value by the bytes of a key, of which there are few and short ones.
struct KeyTable<Value: Sendable>: Sendable {
    private var values: [Value] = []
    /// The keys, one behind another, and where each starts; the last place is the end of all.
    private var bytes: [UInt8] = []
    private var starts = [0]
    /// One more than a key's index; 0 is free. A power of two of them, at most a quarter of them taken.
    private var slots: [UInt16]

    init(_ keys: [(key: [UInt8], value: Value)]) {
        var size = 4
        while size < keys.count * 4 { size *= 2 }
        slots = [UInt16](repeating: 0, count: size)
        for (key, value) in keys {
            values.append(value)
            bytes += key
            starts.append(bytes.count)
            var slot = Self.hash(key.span.bytes) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt16(values.count)
        }
    }

    func value(for key: RawSpan) -> Value? {
        var slot = Self.hash(key) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if bytes.span.bytes.extracting(starts[index]..<starts[index + 1]).hasSameBytes(as: key) {
                return values[index]
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Of the length and the bytes at both ends: the keys of Slurm's are told apart well by those.
    private static func hash(_ key: RawSpan) -> Int {
        let count = key.byteCount
        guard count > 0 else { return 0 }
        let (head, tail) =
            count >= 8
            ? (
                key.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt64.self),
                key.unsafeLoadUnaligned(fromUncheckedByteOffset: count - 8, as: UInt64.self)
            ) : (UInt64(key[0]), UInt64(key[count - 1]) << 8 | UInt64(key[count / 2]))
        let mixed = (head ^ tail.byteSwapped &+ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32)
    }
}
