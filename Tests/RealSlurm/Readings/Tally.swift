/// Totals by a label, to be compared with the series of a family.
extension Sequence {
    /// How many there are of each.
    public func tally<Key: Hashable>(by key: (Element) -> Key) -> [Key: Int] {
        tallyEach(of: { CollectionOfOne(key($0)) })
    }

    /// One counts under each of its keys, as a node does in each of its partitions.
    public func tallyEach<Key: Hashable>(of keys: (Element) -> some Sequence<Key>) -> [Key: Int] {
        reduce(into: [:]) { counts, element in for key in keys(element) { counts[key, default: 0] += 1 } }
    }

    public func sum<Key: Hashable, Amount: AdditiveArithmetic>(
        of amount: (Element) -> Amount, by key: (Element) -> Key
    ) -> [Key: Amount] {
        reduce(into: [:]) { sums, element in sums[key(element), default: .zero] += amount(element) }
    }
}
