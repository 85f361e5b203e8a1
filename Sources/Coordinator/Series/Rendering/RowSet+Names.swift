/// What writing asks of rows.
extension RowSet {
    var all: [Int] {
        var all: [Int] = []
        all.reserveCapacity(count)
        forEach { all.append($0) }
        return all
    }

    func cut(into length: Int) -> [RowSet] {
        guard count > length else { return [self] }
        switch self {
        case .ranges(let ranges):
            return ranges.flatMap { range in
                stride(from: range.lowerBound, to: range.upperBound, by: length).map {
                    .ranges([$0..<min($0 + length, range.upperBound)])
                }
            }
        case .rows(let rows):
            return stride(from: 0, to: rows.count, by: length).map {
                .rows(Array(rows[$0..<min($0 + length, rows.count)]))
            }
        }
    }

    func append(with writer: SeriesWriter, named name: [UInt8], to bytes: inout [UInt8]) {
        switch self {
        case .ranges(let ranges): for range in ranges { writer.append(range, named: name, to: &bytes) }
        case .rows(let rows): writer.append(rows.lazy.map { Int($0) }, named: name, to: &bytes)
        }
    }

    /// Cut at the borders of names.
    func byName(in index: SeriesIndex) -> [(name: Int, rows: RowSet)] {
        switch self {
        case .ranges(let ranges):
            var cut: [(name: Int, rows: RowSet)] = []
            for range in ranges {
                var name = index.name(of: range.lowerBound)
                while name < index.names.count, index.names[name].rows.lowerBound < range.upperBound {
                    cut.append((name, .ranges([index.names[name].rows.clamped(to: range)])))
                    name += 1
                }
            }
            return cut
        case .rows(let rows):
            var cut: [(name: Int, rows: RowSet)] = []
            var start = 0
            while start < rows.count {
                let name = index.name(of: Int(rows[start]))
                let limit = index.names[name].rows.upperBound
                let end = (start..<rows.endIndex).first(notBefore: { Int(rows[$0]) < limit })
                cut.append((name, .rows(Array(rows[start..<end]))))
                start = end
            }
            return cut
        }
    }
}
