extension SeriesTable {
    /// Whether a part's numbers mean the same as this table's.
    public func canMerge(_ part: SeriesTable) -> Bool {
        family.name == part.family.name && family.type == part.family.type && family.merge == part.family.merge
            && family.labels == part.family.labels
    }

    /// Adds the series of another part of the same family: those that both have become one by the family's rule.
    ///
    /// Where parts have series of their own (`union`), are all the same (`replica`) or are computed again (`derived`), what
    /// is there stays.
    ///
    /// - Returns: how many series both had although the rule says that each part has its own.
    @discardableResult
    public mutating func merge(_ part: SeriesTable) -> Int {
        precondition(canMerge(part), "\(family.name) is declared in two ways")
        var clashes = 0
        let texts = part.store.texts
        for entry in part.store.ordered() {
            let (row, isFresh) = store.row(Array(texts[entry.range]))
            if isFresh { reset(row) } else if family.merge == .union { clashes += 1 }
            guard isFresh || addsUp else { continue }
            combine(row, isFresh, with: part, entry.place)
        }
        store.settle()
        return clashes
    }

    /// Whether two numbers of one series become a third; a state is a state however often it is said.
    private var addsUp: Bool {
        switch (family.merge, family.type) {
        case (.union, _), (.replica, _), (.derived, _), (_, .info), (_, .stateset): false
        case (.sum, _), (.sumOfFractions, _), (.max, _), (.min, _): true
        }
    }
}
