/// How values are spread over the buckets of a histogram, as a value.
public struct Distribution: Equatable, Sendable {
    /// Upper bounds, ascending; the bucket up to infinity is understood.
    public let bounds: [Double]
    /// As `SeriesTable` takes them: each bucket by itself, then the sum.
    public private(set) var cells: [Double]

    public init(_ bounds: [Double]) {
        self.bounds = bounds
        cells = Array(repeating: 0, count: bounds.count + 2)
    }

    public mutating func observe(_ value: Double) {
        cells[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        cells[bounds.count + 1] += value
    }

    /// Observes a duration in seconds.
    public mutating func observe(_ duration: Duration) {
        observe(duration / .seconds(1))
    }

    /// How many values were observed.
    public var count: Double { cells.dropLast().reduce(0, +) }

    public var sum: Double { cells[bounds.count + 1] }
}
