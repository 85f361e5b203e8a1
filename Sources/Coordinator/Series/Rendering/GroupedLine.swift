/// A line among others of the same family, in OpenMetrics' order: label set by label set, and in each bucket by bucket.
struct GroupedLine: Comparable {
    let row: Int
    private let labels: [UInt32]
    private let member: Int
    private let bound: Double

    init(_ row: Int, _ member: Int, _ own: Range<Int>, in index: SeriesIndex) {
        self.row = row
        self.member = member
        labels = index.rowPairs[index.pairRange(of: row)].filter { !own.contains(Int($0)) }
        bound = index.pair(of: row, among: own).flatMap(index.number) ?? 0
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.labels != right.labels { return left.labels.lexicographicallyPrecedes(right.labels) }
        return (left.member, left.bound) < (right.member, right.bound)
    }
}
