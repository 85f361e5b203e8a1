/// How durations are spread, in the form in which a histogram takes them.
struct Distribution: Equatable, Sendable {
    static let bounds: [Double] = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

    /// Each bucket by itself, the one up to infinity, and the sum.
    private(set) var cells = [Double](repeating: 0, count: bounds.count + 2)

    mutating func observe(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        cells[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        cells[Self.bounds.count + 1] += seconds
    }
}
