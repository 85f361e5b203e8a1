/// The rows that are in one of several sets, each once. However many sets come, it holds no more than all rows take.
struct RowUnion {
    /// Of all rows that there are.
    private let count: Int
    /// Sets that have few rows together: those are sorted, many are marked.
    private var sets: [RowSet] = []
    private var rowsInSets = 0
    /// A bit for each row, once there are many.
    private var marks: [UInt64] = []

    init(of count: Int) {
        self.count = count
    }

    /// Whether no other set adds anything.
    private(set) var isEverything = false

    mutating func insert(_ set: RowSet) {
        guard !set.isEmpty, !isEverything else { return }
        if set == .ranges([0..<count]) {
            (sets, marks, isEverything) = ([set], [], true)
        } else if marks.isEmpty {
            sets.append(set)
            rowsInSets += set.count
            if sets.count > 1, rowsInSets >= count / 64 { markAll() }
        } else {
            mark(set)
        }
    }

    private mutating func markAll() {
        marks = [UInt64](repeating: 0, count: count / 64 + 1)
        for set in sets { mark(set) }
        sets = []
    }

    private mutating func mark(_ set: RowSet) {
        set.forEach { marks[$0 >> 6] |= 1 << UInt64($0 & 63) }
    }

    var rows: RowSet {
        guard marks.isEmpty else { return .rows(markedRows) }
        return sets.count > 1 ? .rows(sortedRows) : sets.first ?? .none
    }

    private var sortedRows: [UInt32] {
        var rows: [UInt32] = []
        for set in sets { set.forEach { rows.append(UInt32($0)) } }
        rows.sort()
        var last = UInt32.max
        rows.removeAll { row in
            defer { last = row }
            return row == last
        }
        return rows
    }

    private var markedRows: [UInt32] {
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
