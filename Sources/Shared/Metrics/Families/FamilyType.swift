/// What a family's numbers mean, with what must be known beforehand to write them down.
public enum FamilyType: Hashable, Sendable {
    case gauge
    case counter
    /// Buckets by their upper bounds, ascending; the one up to infinity is understood.
    case histogram(bounds: [Double])
    /// A histogram of what is now, whose buckets may shrink.
    case gaugeHistogram(bounds: [Double])
    case summary(quantiles: [Double])
    /// A constant 1 whose labels are the message.
    case info
    /// One sample for each state, 1 or 0, told apart by a label with the family's name.
    case stateset(states: [String])
    /// Of families that others declared without a type.
    case unknown
}

extension FamilyType {
    /// How many numbers a series holds; `SeriesTable.cells(at:)` says in which order.
    var cells: Int {
        switch self {
        case .gauge, .counter, .info, .unknown: 1
        case .histogram(let bounds), .gaugeHistogram(let bounds): bounds.count + 2
        case .summary(let quantiles): quantiles.count + 2
        case .stateset(let states): states.count
        }
    }

    /// How many samples of a series a scraper finds; each is a series to it. Creation times don't count.
    public var samples: Int {
        switch self {
        case .gauge, .counter, .info, .unknown: 1
        case .histogram(let bounds), .gaugeHistogram(let bounds): bounds.count + 3
        case .summary(let quantiles): quantiles.count + 2
        case .stateset(let states): states.count
        }
    }

    /// Whether a series has a time at which it began to count.
    var hasCreationTime: Bool {
        switch self {
        case .counter, .histogram, .summary: true
        case .gauge, .gaugeHistogram, .info, .stateset, .unknown: false
        }
    }

    /// The label that the type itself uses.
    func ownLabel(in name: MetricName) -> String? {
        switch self {
        case .histogram, .gaugeHistogram: "le"
        case .summary: "quantile"
        case .stateset: name.text
        case .gauge, .counter, .info, .unknown: nil
        }
    }

    /// Why the type can't be written down, if it can't.
    var defect: InvalidFamily.Reason? {
        switch self {
        case .histogram(let bounds), .gaugeHistogram(let bounds):
            isAscending(bounds) && bounds.allSatisfy(\.isFinite) ? nil : .bounds
        case .summary(let quantiles):
            isAscending(quantiles) && quantiles.allSatisfy((0...1).contains) ? nil : .quantiles
        case .stateset(let states):
            !states.isEmpty && !states.contains("") && Set(states).count == states.count ? nil : .states
        case .gauge, .counter, .info, .unknown: nil
        }
    }

    private func isAscending(_ numbers: [Double]) -> Bool {
        zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    }
}
