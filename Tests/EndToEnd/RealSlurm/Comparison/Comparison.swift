import Testing

/// A family, and what Slurm's commands say in its place.
struct Comparison: Sendable, CustomTestStringConvertible {
    /// By the values of the labels, in their order.
    typealias Figures = [[String]: Double]

    let metric: String
    private let labels: [String]
    private let said: @Sendable (SlurmsWords) -> Figures

    init(_ metric: String, by labels: [String] = [], _ said: @escaping @Sendable (SlurmsWords) -> Figures) {
        self.metric = metric
        self.labels = labels
        self.said = said
    }

    init(counts metric: String, by labels: [String] = [], _ said: @escaping @Sendable (SlurmsWords) -> [[String]: Int])
    {
        self.init(metric, by: labels) { said($0).mapValues(Double.init) }
    }

    init(total metric: String, _ said: @escaping @Sendable (SlurmsWords) -> Double) {
        self.init(metric) { [[]: said($0)] }
    }

    var testDescription: String { metric }

    /// What isn't the same, of what counts something.
    func differences(in moment: Moment) -> [String] {
        let shown = moment.scrape.series(metric).reduce(into: Figures()) { figures, sample in
            figures[labels.map { sample.key[$0] ?? "" }, default: 0] += sample.value
        }
        let said = said(moment.words)
        return Set(shown.keys).union(said.keys).sorted { "\($0)" < "\($1)" }.compactMap { key in
            let (shown, said) = (shown[key] ?? 0, said[key] ?? 0)
            guard abs(shown - said) > 1e-9 * max(1, abs(said)) else { return nil }
            return "\(metric) \(key) is \(shown), but \(said) to the commands"
        }
    }
}
