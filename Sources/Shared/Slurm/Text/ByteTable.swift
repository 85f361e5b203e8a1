/// Numbers by byte strings: a hash table that a look-up in costs no allocation.
struct ByteTable: Sendable {
    private struct Entry {
        var hash: UInt64
        var start: Int
        var count: Int
        var value: UInt32
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// One more than the place of an entry; 0 is free. A power of two of them, at most half of them taken.
    private var slots = [UInt32](repeating: 0, count: 64)

    func value(of key: RawSpan) -> UInt32? {
        let hash = Self.hash(key)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.count == key.byteCount, isKey(of: entry, key) { return entry.value }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The key must not be there yet.
    mutating func insert(_ key: RawSpan, _ value: UInt32) {
        if (entries.count + 1) * 2 > slots.count { grow() }
        let hash = Self.hash(key)
        entries.append(Entry(hash: hash, start: bytes.count, count: key.byteCount, value: value))
        key.withUnsafeBytes { bytes.append(contentsOf: $0) }
        place(entries.count, hash)
    }

    private func isKey(of entry: Entry, _ key: RawSpan) -> Bool {
        bytes.span.bytes.extracting(entry.start..<entry.start + entry.count).hasSameBytes(as: key)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for index in entries.indices { place(index + 1, entries[index].hash) }
    }

    private mutating func place(_ number: Int, _ hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(number)
    }

    /// Seeded by the standard library, so that nobody can choose names that collide.
    private static func hash(_ key: RawSpan) -> UInt64 {
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }
}
