/// How long collections take.
struct Durations: Sendable {
    static let bounds = [0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0]

    /// As `SeriesTable` takes them: each bucket by itself, then the sum.
    private(set) var cells = [Double](repeating: 0, count: bounds.count + 2)

    mutating func observe(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        cells[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        cells[Self.bounds.count + 1] += seconds
    }
}
