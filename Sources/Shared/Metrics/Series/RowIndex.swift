/// An open-addressing hash table of row numbers: who uses it keeps the rows' hashes and compares what they stand for.
package struct RowIndex: Sendable {
    /// Row number plus one; 0 is empty. The count is a power of two and at least one stays empty.
    private var buckets: [UInt32]

    package init(for count: Int = 0) {
        var capacity = 8
        while capacity * 3 / 4 <= count { capacity *= 2 }
        buckets = Array(repeating: 0, count: capacity)
    }

    private var mask: Int { buckets.count - 1 }

    package func mustGrow(for count: Int) -> Bool {
        count > buckets.count * 3 / 4
    }

    package func probe(_ hash: UInt32) -> Int {
        Int(hash) & mask
    }

    /// The row at this step of the search, or nil at its end.
    package func next(_ probe: inout Int) -> Int? {
        let row = buckets[probe]
        probe = (probe + 1) & mask
        return row == 0 ? nil : Int(row) - 1
    }

    package mutating func insert(_ row: Int, _ hash: UInt32) {
        var bucket = probe(hash)
        while buckets[bucket] != 0 { bucket = (bucket + 1) & mask }
        buckets[bucket] = UInt32(row) + 1
    }

    /// Takes a row out and moves up those behind it that the gap would cut off.
    mutating func remove(_ row: Int, _ hash: UInt32, hashOf: (Int) -> UInt32) {
        var gap = probe(hash)
        while buckets[gap] != UInt32(row) + 1 { gap = (gap + 1) & mask }
        var bucket = (gap + 1) & mask
        while buckets[bucket] != 0 {
            let home = probe(hashOf(Int(buckets[bucket]) - 1))
            if (bucket - home) & mask >= (bucket - gap) & mask {
                buckets[gap] = buckets[bucket]
                gap = bucket
            }
            bucket = (bucket + 1) & mask
        }
        buckets[gap] = 0
    }
}
