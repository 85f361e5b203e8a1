extension SeriesTable {
    public mutating func beginGeneration() {
        store.beginGeneration()
    }

    /// Series that were not asked for since `beginGeneration()` vanish, their rows are used again, and new series take
    /// their place in the order.
    public mutating func endGeneration() {
        store.endGeneration()
    }

    /// Keeps a series through this generation as `row(_:)` does, without a search.
    ///
    /// - Returns: false if the series has vanished.
    public mutating func touch(_ row: SeriesRow) -> Bool {
        guard let isFresh = store.touch(row) else { return false }
        if isFresh { reset(row) }
        return true
    }

    public func isAlive(_ row: SeriesRow) -> Bool {
        store.isAlive(row)
    }

    public mutating func remove(_ row: SeriesRow) {
        store.remove(store.place(of: row))
    }

    /// Puts new series in their place in the order, for tables without generations: rendering is right without it, but
    /// has to sort them each time.
    public mutating func settle() {
        store.settle()
    }
}
