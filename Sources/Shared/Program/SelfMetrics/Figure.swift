import Metrics

/// A family of one series, and how its value is read from something that is looked at once for all of them.
struct Figure<Source>: Sendable {
    let family: MetricFamily
    let read: @Sendable (Source) -> Double?

    init(
        _ name: MetricName, _ type: FamilyType, _ help: String, unit: String? = nil,
        _ read: @escaping @Sendable (Source) -> Double?
    ) {
        family = MetricFamily(name, type, help: help, unit: unit, merge: .union)
        self.read = read
    }
}

extension MetricRegistry {
    /// Looks once for each rendering; what is not known then has no series.
    func collect<Source>(_ figures: [Figure<Source>], from look: @escaping @Sendable () -> Source?) {
        collect(figures.map(\.family)) { tables in
            guard let source = look() else { return }
            for (index, figure) in figures.enumerated() {
                guard let value = figure.read(source) else { continue }
                tables[index].set(value, at: tables[index].row())
            }
        }
    }
}
