import Metrics
import Selectors

/// A matcher as it applies to one index: which of the labels there satisfy it.
struct Condition {
    /// All labels of the name.
    private let column: Range<Int>
    /// Those that are right, ascending.
    private let pairs: [Range<Int>]
    /// Whether rows without the label are right.
    let holdsWithoutLabel: Bool

    /// Nil if it holds for every row.
    init?(_ matcher: Matcher, in index: SeriesIndex) {
        holdsWithoutLabel = matcher.matchesEmpty
        guard let column = index.pairs.column(named: matcher.label) else {
            if holdsWithoutLabel { return nil }
            (self.column, pairs) = (0..<0, [])
            return
        }
        self.column = column.pairs
        let matching = Self.matching(matcher.test, in: column, index.pairs)
        pairs = matcher.isNegated ? matching.complement(in: column.pairs) : matching
        if holdsWithoutLabel, pairs == [column.pairs] { return nil }
    }

    var isImpossible: Bool { pairs.isEmpty && !holdsWithoutLabel }

    /// How many rows have one of the labels.
    func rowCount(in index: SeriesIndex) -> Int {
        pairs.reduce(0) { $0 + $1.reduce(0) { $0 + index.count(of: $1) } }
    }

    /// The rows that have one of the labels, ascending.
    func rows(in index: SeriesIndex) -> [UInt32] {
        var rows: [UInt32] = []
        for range in pairs { for pair in range { index.appendRows(of: pair, to: &rows) } }
        if pairs.count > 1 || pairs.first.map({ $0.count > 1 }) == true { rows.sort() }
        return rows
    }

    @inline(__always)
    func holds(for row: Int, in index: SeriesIndex) -> Bool {
        guard let pair = index.pair(of: row, among: column) else { return holdsWithoutLabel }
        let place = pairs.indices.first(notBefore: { pairs[$0].upperBound <= pair })
        return place < pairs.count && pairs[place].contains(pair)
    }
}

extension Condition {
    private static func matching(
        _ test: ValueTest, in column: LabelPairs.Column, _ pairs: LabelPairs
    ) -> [Range<Int>] {
        switch test {
        case .oneOf(let values) where values.count <= column.pairs.count:
            return values.compactMap { pairs.pair(in: column, value: $0.span) }.asRanges
        case .oneOf: return column.pairs.holding(test, pairs)
        case .prefix(let prefix, 0): return [pairs.pairs(in: column, prefix: prefix)].filter { !$0.isEmpty }
        case .prefix(let prefix, _), .expression(_, let prefix):
            return pairs.pairs(in: column, prefix: prefix).holding(test, pairs)
        }
    }
}

extension Range<Int> {
    fileprivate func holding(_ test: ValueTest, _ pairs: LabelPairs) -> [Range<Int>] {
        let texts = pairs.texts
        return prefix { $0 % Self.stride != 0 || !Task.isCancelled }
            .filter { test.holds(for: texts.span.extracting(pairs.value($0))) }.asRanges
    }

    /// How many values are tried before it is seen that nobody waits for them any more.
    private static var stride: Int { 256 }
}

extension [Int] {
    /// Of ascending numbers.
    fileprivate var asRanges: [Range<Int>] { lazy.map { $0..<$0 + 1 }.joinedWhereAdjacent }
}
