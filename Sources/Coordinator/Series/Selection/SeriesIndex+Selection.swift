import Metrics
import Selectors

extension SeriesIndex {
    /// Begins with the condition that leaves the fewest rows, and asks the others of those only.
    func rows(matching selector: Selector) -> RowSet {
        guard !selector.matchers.isEmpty else { return .none }
        var ranges = [0..<count]
        var conditions: [Condition] = []
        for matcher in selector.matchers {
            if matcher.label == Matcher.metricName {
                ranges = ranges.intersected(with: nameRanges(matching: matcher))
            } else if let condition = Condition(matcher, in: self) {
                conditions.append(condition)
            }
        }
        let named = ranges.reduce(0) { $0 + $1.count }
        guard named > 0, !conditions.contains(where: \.isImpossible) else { return .none }
        guard !conditions.isEmpty else { return .ranges(ranges) }
        let candidates = candidates(in: ranges, named, &conditions)
        return .rows(
            Self.cancellable(candidates) { row in conditions.allSatisfy { $0.holds(for: Int(row), in: self) } })
    }

    /// There can be as many conditions as fit into a request: asking them ends when nobody waits for it any more.
    private static func cancellable(_ rows: [UInt32], _ isRight: (UInt32) -> Bool) -> [UInt32] {
        var asked = 0
        return rows.filter { row in
            asked += 1
            return (asked % 1024 != 0 || !Task.isCancelled) && isRight(row)
        }
    }

    /// Takes the condition out that it begins with, if it begins with one.
    private func candidates(in ranges: [Range<Int>], _ named: Int, _ conditions: inout [Condition]) -> [UInt32] {
        let costs = conditions.map { $0.holdsWithoutLabel ? Int.max : $0.rowCount(in: self) }
        guard let least = costs.indices.min(by: { costs[$0] < costs[$1] }), costs[least] < named else {
            return ranges.flatMap { UInt32($0.lowerBound)..<UInt32($0.upperBound) }
        }
        let rows = conditions.remove(at: least).rows(in: self)
        if ranges == [0..<count] { return rows }
        var next = 0
        return rows.filter { row in
            while next < ranges.count, ranges[next].upperBound <= Int(row) { next += 1 }
            return next < ranges.count && ranges[next].contains(Int(row))
        }
    }

    private func nameRanges(matching matcher: Matcher) -> [Range<Int>] {
        if case .oneOf(let texts) = matcher.test, !matcher.isNegated {
            return texts.compactMap(rows(named:)).joinedWhereAdjacent
        }
        return names.filter { matcher.matches($0.text.span) }.map(\.rows).joinedWhereAdjacent
    }

    private func rows(named text: [UInt8]) -> Range<Int>? {
        let place = names.indices.first(notBefore: { number in
            let name = names[number].text
            return name.span.precedes(text.span)
        })
        return place < names.count && names[place].text == text ? names[place].rows : nil
    }
}
