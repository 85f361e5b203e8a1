/// Rows of one index, ascending.
enum RowSet: Equatable, Sendable {
    case ranges([Range<Int>])
    case rows([UInt32])

    static let none = RowSet.rows([])

    var isEmpty: Bool {
        switch self {
        case .ranges(let ranges): ranges.isEmpty
        case .rows(let rows): rows.isEmpty
        }
    }

    var count: Int {
        switch self {
        case .ranges(let ranges): ranges.reduce(0) { $0 + $1.count }
        case .rows(let rows): rows.count
        }
    }

    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        switch self {
        case .ranges(let ranges): for range in ranges { for row in range { body(row) } }
        case .rows(let rows): for row in rows { body(Int(row)) }
        }
    }

    func contains(where holds: (Int) -> Bool) -> Bool {
        switch self {
        case .ranges(let ranges): ranges.contains { $0.contains(where: holds) }
        case .rows(let rows): rows.contains { holds(Int($0)) }
        }
    }

    /// - Parameter count: of all rows that there are.
    static func union(_ sets: [RowSet], of count: Int) -> RowSet {
        let sets = sets.filter { !$0.isEmpty }
        guard sets.count > 1 else { return sets.first ?? .none }
        let everything = RowSet.ranges([0..<count])
        if sets.contains(everything) { return everything }
        // A few rows are sorted, many are marked.
        if sets.reduce(0, { $0 + $1.count }) < count / 64 { return sorted(sets) }
        var marks = [UInt64](repeating: 0, count: count / 64 + 1)
        for set in sets { set.forEach { marks[$0 >> 6] |= 1 << UInt64($0 & 63) } }
        return .rows(rows(of: marks))
    }

    private static func sorted(_ sets: [RowSet]) -> RowSet {
        var rows: [UInt32] = []
        for set in sets { set.forEach { rows.append(UInt32($0)) } }
        rows.sort()
        var last = UInt32.max
        rows.removeAll { row in
            defer { last = row }
            return row == last
        }
        return .rows(rows)
    }

    private static func rows(of marks: [UInt64]) -> [UInt32] {
        var rows: [UInt32] = []
        rows.reserveCapacity(marks.reduce(0) { $0 + $1.nonzeroBitCount })
        for (place, word) in marks.enumerated() {
            var rest = word
            while rest != 0 {
                rows.append(UInt32(place * 64 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return rows
    }
}
