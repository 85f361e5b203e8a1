import FederatedSeries
import Locks
public import Metrics

/// How often `/federate` was asked, and what for in vain.
final class AnswerFigures: Sendable {
    private struct Counts {
        var answers = 0
        var refusals: [String: Int] = ["syntax": 0, "token": 0, "expression": 0]
    }

    private let counts = Locked(Counts())

    func countAnswer() {
        counts.withLock { $0.answers += 1 }
    }

    func countRefusal(_ reason: String) {
        counts.withLock { $0.refusals[reason, default: 0] += 1 }
    }

    fileprivate var current: (answers: Int, refusals: [String: Int]) {
        counts.withLock { ($0.answers, $0.refusals) }
    }
}

extension Federation {
    private static let series = MetricFamily(
        "slurm_fleet_federation_series", .gauge, help: "Series that /federate can show.", merge: .union)
    private static let conflicts = MetricFamily(
        "slurm_fleet_federation_conflicts", .gauge,
        help: "Families whose sources give them different types, so that they are shown without one.", merge: .union)
    private static let answers = MetricFamily(
        "slurm_fleet_federate_answers_total", .counter, help: "Requests that /federate answered.", merge: .union)
    private static let refusals = MetricFamily(
        "slurm_fleet_federate_refusals_total", .counter,
        help: "Requests that /federate refused because of a selector, by what was wrong with it.", labels: ["reason"],
        merge: .union)

    public func register(in registry: MetricRegistry) {
        registry.collect([Self.series, Self.conflicts, Self.answers, Self.refusals]) { [weak self] tables in
            guard let self else { return }
            let (generation, counts) = (generation, figures.current)
            tables[0].set(Double(generation.parts.reduce(0) { $0 + $1.seriesCount }), at: tables[0].row())
            tables[1].set(Double(generation.conflicts), at: tables[1].row())
            tables[2].set(Double(counts.answers), at: tables[2].row())
            for (reason, count) in counts.refusals { tables[3].set(Double(count), at: tables[3].row(reason)) }
        }
    }
}
