/// Where a metric's figures are in the simulator's truth, and which API versions carry them.
struct TruthRow: Sendable, CustomStringConvertible {
    let path: String
    let metric: String
    /// Of v0.0.N.
    let versions: ClosedRange<Int>
    /// How many of the truth's units make one of the metric's.
    let divisor: Double
    /// Labels that the samples have besides those in the path.
    let labels: Scrape.Labels
    private let steps: [Step]

    private enum Step {
        case key(String)
        case label(String)
    }

    /// - Parameter path: what stands in braces is the value of that label: `partitions/{partition}/homeJobs/held`.
    ///   Labels that the path doesn't name are summed up.
    init(
        _ path: String, _ metric: String, per divisor: Double = 1, since version: Int = 38,
        labels: Scrape.Labels = [:]
    ) {
        self.path = path
        self.metric = metric
        self.divisor = divisor
        self.labels = labels
        versions = version...46
        steps = path.split(separator: "/").map { step in
            step.hasPrefix("{") ? .label(String(step.dropFirst().dropLast())) : .key(String(step))
        }
    }

    var description: String { "\(path) → \(metric)" }

    var labelNames: [String] {
        steps.compactMap { if case .label(let name) = $0 { name } else { nil } } + labels.keys
    }

    /// What is to be exported; what counts nothing is left out.
    func expected(_ truth: TruthFigures) -> [Scrape.Labels: Double] {
        truth.numbers.reduce(into: [:]) { expected, figure in
            guard figure.value != 0, let labels = match(figure.key) else { return }
            expected[labels] = figure.value / divisor
        }
    }

    /// What is exported; what counts nothing is left out.
    func exported(_ scrape: Scrape) -> [Scrape.Labels: Double] {
        scrape.sums(metric, by: labelNames, where: labels).filter { $0.value != 0 }
    }

    private func match(_ path: [String]) -> Scrape.Labels? {
        guard path.count == steps.count else { return nil }
        var found = labels
        for (name, step) in zip(path, steps) {
            switch step {
            case .key(let key) where key == name: break
            case .key: return nil
            case .label(let label): found[label] = Self.words.contains(label) ? name.lowercased() : name
            }
        }
        return found.filter { !$0.value.isEmpty }
    }

    /// Slurm's words, which are exported in lower case.
    private static let words: Set = ["state", "flag"]
}
