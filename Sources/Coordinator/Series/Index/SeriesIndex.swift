/// The series of one source: what they are called, and how they are found. It never changes, so that any number of
/// readings and answers can share it.
///
/// Series are rows in the order of their names, then of their labels: those of one name lie together, and those with one
/// label are listed. There is no String, and nothing else of its own, for any series.
final class SeriesIndex: Sendable {
    struct Name: Sendable {
        let text: [UInt8]
        let rows: Range<Int>
    }

    let names: [Name]
    let pairs: LabelPairs
    let families: FamilyDeclarations
    /// The numbers of all labels, row after row, ascending in each.
    let rowPairs: [UInt32]
    /// Where in `rowPairs` a row begins; one more at the end.
    let rowStarts: [UInt32]
    private let postings: Postings

    init(
        names: [Name], pairs: LabelPairs, families: FamilyDeclarations, rowPairs: [UInt32], rowStarts: [UInt32]
    ) {
        self.names = names
        self.pairs = pairs
        self.families = families
        self.rowPairs = rowPairs
        self.rowStarts = rowStarts
        postings = Postings(rowPairs: rowPairs, rowStarts: rowStarts, pairs: pairs.count)
    }

    static let empty = SeriesIndex(
        names: [], pairs: LabelPairs(), families: FamilyDeclarations(), rowPairs: [], rowStarts: [0])

    var count: Int { rowStarts.count - 1 }

    @inline(__always)
    func pairRange(of row: Int) -> Range<Int> { Int(rowStarts[row])..<Int(rowStarts[row + 1]) }

    /// How many series have this label.
    func count(of pair: Int) -> Int { postings.count(of: pair) }

    /// Appends the rows that have this label, ascending.
    func appendRows(of pair: Int, to rows: inout [UInt32]) {
        postings.append(pair, of: count, to: &rows)
    }

    /// The row's label among these, if it has one.
    @inline(__always)
    func pair(of row: Int, among pairs: Range<Int>) -> Int? {
        for place in pairRange(of: row) {
            let pair = Int(rowPairs[place])
            if pair >= pairs.lowerBound { return pair < pairs.upperBound ? pair : nil }
        }
        return nil
    }

    /// Which name a row has.
    func name(of row: Int) -> Int { names.indices.first(notBefore: { names[$0].rows.upperBound <= row }) }
}

/// The rows of each label; of a label that all rows have, nothing is held.
private struct Postings: Sendable {
    private var starts: [UInt32]
    private var rows: [UInt32]
    private let isEverywhere: [Bool]
    private let rowCount: Int

    init(rowPairs: [UInt32], rowStarts: [UInt32], pairs: Int) {
        rowCount = rowStarts.count - 1
        var counts = [UInt32](repeating: 0, count: pairs + 1)
        for pair in rowPairs { counts[Int(pair)] += 1 }
        let rowCount = UInt32(rowCount)
        isEverywhere = counts.map { $0 == rowCount }
        starts = []
        starts.reserveCapacity(pairs + 1)
        var total: UInt32 = 0
        for pair in 0...pairs {
            starts.append(total)
            if !isEverywhere[pair] { total += counts[pair] }
        }
        rows = [UInt32](repeating: 0, count: Int(total))
        var next = starts
        for row in 0..<self.rowCount {
            for place in Int(rowStarts[row])..<Int(rowStarts[row + 1]) {
                let pair = Int(rowPairs[place])
                guard !isEverywhere[pair] else { continue }
                rows[Int(next[pair])] = UInt32(row)
                next[pair] += 1
            }
        }
    }

    func count(of pair: Int) -> Int {
        isEverywhere[pair] ? rowCount : Int(starts[pair + 1] - starts[pair])
    }

    func append(_ pair: Int, of count: Int, to target: inout [UInt32]) {
        if isEverywhere[pair] {
            target.append(contentsOf: 0..<UInt32(count))
        } else {
            target.append(contentsOf: rows[Int(starts[pair])..<Int(starts[pair + 1])])
        }
    }
}
