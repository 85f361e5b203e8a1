import Metrics
import Slurm

/// A family, and what it says of a subject such as a node or all jobs of a partition.
struct Figure<Subject>: Sendable {
    enum Statement: Sendable {
        /// One number; none where Slurm doesn't say.
        case number(@Sendable (borrowing Subject) -> Double?)
        /// Several, told apart by labels that come after the subject's own.
        case breakdown(@Sendable (borrowing Subject, borrowing Symbols) -> [Share])
    }

    let family: MetricFamily
    let statement: Statement

    init(_ family: MetricFamily, _ number: @escaping @Sendable (borrowing Subject) -> Double?) {
        self.family = family
        statement = .number(number)
    }

    init(whole family: MetricFamily, _ number: @escaping @Sendable (borrowing Subject) -> Int?) {
        self.family = family
        statement = .number { number($0).map(Double.init) }
    }

    /// Seconds since 1970.
    init(moment family: MetricFamily, _ moment: @escaping @Sendable (borrowing Subject) -> Timestamp?) {
        self.family = family
        statement = .number { moment($0).map { Double($0.seconds) } }
    }

    init(
        _ family: MetricFamily,
        breakdown: @escaping @Sendable (borrowing Subject, borrowing Symbols) -> [Share]
    ) {
        self.family = family
        statement = .breakdown(breakdown)
    }

    /// A family whose one label after the subject's own is a name out of a list.
    init(_ family: MetricFamily, counts: @escaping @Sendable (borrowing Subject) -> [(name: String, count: Int)]) {
        self.init(family) { subject, _ in
            counts(subject).map { Share($0.name, number: $0.count) }
        }
    }
}

/// One of several numbers, with the values of the labels that tell it apart.
struct Share {
    let labels: [String]
    let number: Double

    init(_ labels: String..., number: Int) {
        self.init(labels, Double(number))
    }

    init(_ labels: [String], _ number: Double) {
        self.labels = labels
        self.number = number
    }
}
