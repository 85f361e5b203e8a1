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
}
