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
    private let seed = UInt64.random(in: .min ... .max)
    private let factor = UInt64.random(in: .min ... .max) | 1

    func value(of key: RawSpan) -> UInt32? {
        let hash = hash(key)
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
        let hash = hash(key)
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

    /// Eight bytes at a time, seeded anew for each table, so that nobody can choose names that collide.
    private func hash(_ key: RawSpan) -> UInt64 {
        var hash = seed ^ UInt64(key.byteCount)
        var at = 0
        while at + 8 <= key.byteCount {
            hash = Self.mixed(hash ^ key.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self), factor)
            at += 8
        }
        var last: UInt64 = 0
        while at < key.byteCount {
            last = last << 8 | UInt64(key[at])
            at += 1
        }
        return Self.mixed(hash ^ last, factor)
    }

    /// Both halves of the product, so that each bit of a key counts.
    @inline(__always)
    private static func mixed(_ value: UInt64, _ factor: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: factor)
        return high ^ low
    }
}
