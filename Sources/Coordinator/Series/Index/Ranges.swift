extension Range<Int> {
    /// The first number that something doesn't come before: it holds for those up to there, and for none from there on.
    @inline(__always)
    func first(notBefore isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Sequence<Range<Int>> {
    /// Of ranges in ascending order.
    var joinedWhereAdjacent: [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in self {
            if let last = joined.last, last.upperBound == range.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<range.upperBound
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}

extension [Range<Int>] {
    func complement(in whole: Range<Int>) -> [Range<Int>] {
        var (rest, start) = ([] as [Range<Int>], whole.lowerBound)
        for range in self {
            if start < range.lowerBound { rest.append(start..<range.lowerBound) }
            start = range.upperBound
        }
        if start < whole.upperBound { rest.append(start..<whole.upperBound) }
        return rest
    }

    func intersected(with other: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var (left, right) = (0, 0)
        while left < count, right < other.count {
            let common = self[left].clamped(to: other[right])
            if !common.isEmpty { result.append(common) }
            if self[left].upperBound < other[right].upperBound { left += 1 } else { right += 1 }
        }
        return result
    }
}
