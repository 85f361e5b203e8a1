/// Where a metric's figures are in the simulator's truth, and which API versions carry them.
struct TruthRow: Sendable, CustomStringConvertible {
    let path: String
    let metric: String
    /// Of v0.0.N: in the others the metric is absent.
    let versions: Set<Int>
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
        _ path: String, _ metric: String, per divisor: Double = 1, in versions: Set<Int> = Set(38...46),
        labels: Scrape.Labels = [:]
    ) {
        self.path = path
        self.metric = metric
        self.divisor = divisor
        self.labels = labels
        self.versions = versions
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
        var expected: [Scrape.Labels: Double] = [:]
        collect(truth.root, steps[...], labels, into: &expected)
        return expected
    }

    private func collect(
        _ figure: Figure, _ steps: ArraySlice<Step>, _ labels: Scrape.Labels,
        into expected: inout [Scrape.Labels: Double]
    ) {
        switch steps.first {
        case .key(let key):
            if let member = figure.members[key] { collect(member, steps.dropFirst(), labels, into: &expected) }
        case .label(let label):
            for (name, member) in figure.members {
                var labels = labels
                labels[label] = Self.words.contains(label) ? name.lowercased() : name
                collect(member, steps.dropFirst(), labels, into: &expected)
            }
        case nil:
            guard let number = figure.number, number != 0 else { return }
            expected[labels.filter { !$0.value.isEmpty }] = number / divisor
        }
    }

    /// What is exported; what counts nothing is left out.
    func exported(_ scrape: Scrape) -> [Scrape.Labels: Double] {
        scrape.sums(metric, by: labelNames, where: labels).filter { $0.value != 0 }
    }

    /// Slurm's words, which are exported in lower case.
    private static let words: Set = ["state", "flag"]
}
