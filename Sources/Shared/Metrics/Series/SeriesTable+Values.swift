extension SeriesTable {
    public mutating func set(_ value: Double, at row: SeriesRow) {
        cells[onlyCell(of: row)] = stepped(value)
    }

    public mutating func add(_ amount: Double, at row: SeriesRow) {
        cells[onlyCell(of: row)] += stepped(amount)
    }

    public func value(at row: SeriesRow) -> Double {
        cells[onlyCell(of: row)] / scale
    }

    /// Counts one or more equal observations into a histogram's buckets.
    public mutating func observe(_ value: Double, times: Double = 1, at row: SeriesRow) {
        guard case .histogram(let bounds) = family.type else { preconditionFailure("\(family.name) is no histogram") }
        let start = firstCell(of: row)
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        cells[start + bucket] += times * scale
        cells[start + bounds.count + 1] += stepped(value) * times
    }

    /// The one state of a state set that holds.
    public mutating func setState(_ state: String, at row: SeriesRow) {
        guard case .stateset(let states) = family.type else { preconditionFailure("\(family.name) has no states") }
        setCells(states.map { $0 == state ? 1 : 0 }, at: row)
    }

    /// All numbers of a series: the one number of a gauge, counter, info or unknown; of a histogram the count of each
    /// bucket by itself, the one up to infinity, and the sum; of a summary the quantiles, the sum and the count; of a
    /// state set its states in their declared order.
    public func cells(at row: SeriesRow) -> [Double] {
        let start = firstCell(of: row)
        return cells[start..<start + width].map { $0 / scale }
    }

    public mutating func setCells(_ numbers: [Double], at row: SeriesRow) {
        precondition(numbers.count == width, "\(family.name) has \(width) numbers a series")
        let start = firstCell(of: row)
        for (offset, number) in numbers.enumerated() { cells[start + offset] = stepped(number) }
    }

    public mutating func addCells(_ numbers: [Double], at row: SeriesRow) {
        precondition(numbers.count == width, "\(family.name) has \(width) numbers a series")
        let start = firstCell(of: row)
        for (offset, number) in numbers.enumerated() { cells[start + offset] += stepped(number) }
    }

    /// When a counter, histogram or summary began to count, in seconds since 1970.
    public mutating func setCreated(_ seconds: Double, at row: SeriesRow) {
        precondition(family.type.hasCreationTime, "\(family.name) has no creation time")
        let place = store.place(of: row)
        if created.count <= place { created.append(contentsOf: repeatElement(.nan, count: store.end - created.count)) }
        created[place] = seconds
    }

    /// The time of a sample that someone else took, in milliseconds since 1970.
    public mutating func setTimestamp(_ milliseconds: Int64, at row: SeriesRow) {
        let place = store.place(of: row)
        if timestamps.count <= place {
            timestamps.append(contentsOf: repeatElement(.min, count: store.end - timestamps.count))
        }
        timestamps[place] = milliseconds
    }

    private func firstCell(of row: SeriesRow) -> Int {
        store.place(of: row) * width
    }

    private func onlyCell(of row: SeriesRow) -> Int {
        precondition(width == 1, "\(family.name) has \(width) numbers a series")
        return store.place(of: row)
    }

    private func stepped(_ value: Double) -> Double {
        scale == 1 ? value : (value * scale).rounded()
    }
}
