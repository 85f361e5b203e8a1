/// The series of one name that were written already, by labels alone.
struct SeenSeries {
    private var hashes: Set<UInt64> = []

    mutating func removeAll() {
        hashes.removeAll(keepingCapacity: true)
    }

    mutating func unseen(_ rows: RowSet, of writer: SeriesWriter) -> [Int] {
        rows.all.filter { row in
            writer.part.shows(row, at: writer.now) && hashes.insert(writer.part.index.labelHash(of: row)).inserted
        }
    }
}

extension SeriesIndex {
    /// Equal for equal labels, also in another index of this process; by chance for no others that there will ever be.
    fileprivate func labelHash(of row: Int) -> UInt64 {
        var hasher = Hasher()
        for place in pairRange(of: row) {
            let range = pairs.written(Int(rowPairs[place]))
            hasher.combine(range.count)
            pairs.texts.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
