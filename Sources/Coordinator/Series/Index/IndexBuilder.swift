import Metrics

/// Collects series in any order, and puts them into an index.
struct IndexBuilder {
    private var names = Interner()
    private var labels = Interner()
    private var rowNames: [UInt32] = []
    private var rowPairs: [UInt32] = []
    private var rowEnds: [UInt32] = []
    private var scratch: [UInt8] = []

    /// No name holds it, since it is no UTF-8.
    private static let separator: UInt8 = 0xFF

    var count: Int { rowEnds.count }

    /// Begins a series; its labels follow by ``addLabel(name:value:)``.
    mutating func beginSeries(name: Span<UInt8>) {
        rowNames.append(UInt32(names.number(of: name)))
        rowEnds.append(UInt32(rowPairs.count))
    }

    mutating func addLabel(name: Span<UInt8>, value: Span<UInt8>) {
        rowPairs.append(UInt32(number(name: name, value: value)))
        rowEnds[rowEnds.count - 1] += 1
    }

    /// Adds series that another index holds.
    mutating func add(_ rows: [Int], of index: SeriesIndex) {
        var numbers = [UInt32](repeating: .max, count: index.pairs.count)
        let (columns, texts) = (index.pairs.columns, index.pairs.texts)
        for column in columns {
            for pair in column.pairs {
                let value = texts.span.extracting(index.pairs.value(pair))
                numbers[pair] = UInt32(number(name: column.name.span, value: value))
            }
        }
        let names = index.names
        for row in rows {
            let name = names[index.name(of: row)].text
            beginSeries(name: name.span)
            for place in index.pairRange(of: row) { rowPairs.append(numbers[Int(index.rowPairs[place])]) }
            rowEnds[rowEnds.count - 1] = UInt32(rowPairs.count)
        }
    }

    private mutating func number(name: Span<UInt8>, value: Span<UInt8>) -> Int {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(addingCapacity: name.count + value.count + 1) { out in
            out.append(copying: name)
            out.append(Self.separator)
            out.append(copying: value)
        }
        let key = scratch
        return labels.number(of: key.span)
    }

    /// - Returns: the index, and where in it each series is, in the order in which they came; of equal ones, all are the
    ///   same row.
    consuming func finish(_ families: FamilyDeclarations) -> (SeriesIndex, rows: [UInt32]) {
        let (pairs, pairRanks) = sortedPairs()
        let nameRanks = ranks(of: names)
        for row in rowEnds.indices { settle(row, pairRanks) }
        let order = rowEnds.indices.sorted { precedes($0, $1, nameRanks) }
        return assembled(order, nameRanks, pairs, families)
    }

    private func pairRange(_ row: Int) -> Range<Int> { (row == 0 ? 0 : Int(rowEnds[row - 1]))..<Int(rowEnds[row]) }

    /// Turns the numbers of a row's labels into those of the index, in their order.
    private mutating func settle(_ row: Int, _ ranks: [UInt32]) {
        let range = pairRange(row)
        for place in range {
            rowPairs[place] = ranks[Int(rowPairs[place])]
            var hole = place
            while hole > range.lowerBound, rowPairs[hole - 1] > rowPairs[hole] {
                rowPairs.swapAt(hole - 1, hole)
                hole -= 1
            }
        }
    }

    private func precedes(_ left: Int, _ right: Int, _ nameRanks: [UInt32]) -> Bool {
        let names = (nameRanks[Int(rowNames[left])], nameRanks[Int(rowNames[right])])
        if names.0 != names.1 { return names.0 < names.1 }
        let (first, second) = (pairRange(left), pairRange(right))
        for offset in 0..<min(first.count, second.count) {
            let pairs = (rowPairs[first.lowerBound + offset], rowPairs[second.lowerBound + offset])
            if pairs.0 != pairs.1 { return pairs.0 < pairs.1 }
        }
        return first.count != second.count ? first.count < second.count : left < right
    }

    private func isSame(_ left: Int, _ right: Int) -> Bool {
        rowNames[left] == rowNames[right] && rowPairs[pairRange(left)] == rowPairs[pairRange(right)]
    }
}

extension IndexBuilder {
    /// By number of the interner, the place in the order of its texts.
    private func ranks(of interner: Interner) -> [UInt32] {
        var ranks = [UInt32](repeating: 0, count: interner.count)
        for (rank, number) in Self.order(of: interner).enumerated() { ranks[number] = UInt32(rank) }
        return ranks
    }

    private static func order(of interner: Interner) -> [Int] {
        let storage = interner.storage
        return (0..<interner.count).sorted {
            storage.span.extracting(interner.range(of: $0)).precedes(storage.span.extracting(interner.range(of: $1)))
        }
    }

    private func sortedPairs() -> (LabelPairs, ranks: [UInt32]) {
        let storage = labels.storage
        var cuts = [Int](repeating: 0, count: labels.count)
        for number in cuts.indices {
            let range = labels.range(of: number)
            cuts[number] = storage[range].firstIndex(of: Self.separator) ?? range.upperBound
        }
        let order = (0..<labels.count).sorted { left, right in
            let texts = storage.span
            let (one, other) = (labels.range(of: left), labels.range(of: right))
            let names = (
                texts.extracting(one.lowerBound..<cuts[left]), texts.extracting(other.lowerBound..<cuts[right])
            )
            if !names.0.equals(names.1) { return names.0.precedes(names.1) }
            return texts.extracting(cuts[left] + 1..<one.upperBound)
                .precedes(texts.extracting(cuts[right] + 1..<other.upperBound))
        }
        var pairs = LabelPairs()
        var ranks = [UInt32](repeating: 0, count: labels.count)
        for (rank, number) in order.enumerated() {
            let range = labels.range(of: number)
            pairs.append(
                name: storage.span.extracting(range.lowerBound..<cuts[number]),
                value: storage.span.extracting(cuts[number] + 1..<range.upperBound))
            ranks[number] = UInt32(rank)
        }
        return (pairs, ranks)
    }

    private func assembled(
        _ order: [Int], _ nameRanks: [UInt32], _ pairs: LabelPairs, _ families: FamilyDeclarations
    ) -> (SeriesIndex, rows: [UInt32]) {
        var rows = [UInt32](repeating: 0, count: order.count)
        var starts: [UInt32] = [0]
        var flat: [UInt32] = []
        var found: [SeriesIndex.Name] = []
        starts.reserveCapacity(order.count + 1)
        flat.reserveCapacity(rowPairs.count)
        var last: Int?
        for row in order {
            if let last, isSame(last, row) {
                rows[row] = UInt32(starts.count - 2)
                continue
            }
            if last.map({ rowNames[$0] != rowNames[row] }) ?? true {
                let text = names.storage[names.range(of: Int(rowNames[row]))]
                found.append(SeriesIndex.Name(text: Array(text), rows: starts.count - 1..<starts.count - 1))
            }
            rows[row] = UInt32(starts.count - 1)
            flat.append(contentsOf: rowPairs[pairRange(row)])
            starts.append(UInt32(flat.count))
            let name = found[found.count - 1]
            found[found.count - 1] = SeriesIndex.Name(text: name.text, rows: name.rows.lowerBound..<starts.count - 1)
            last = row
        }
        let index = SeriesIndex(names: found, pairs: pairs, families: families, rowPairs: flat, rowStarts: starts)
        return (index, rows)
    }
}
