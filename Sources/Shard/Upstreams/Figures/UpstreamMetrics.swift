import Locks
public import Metrics
import ServiceRuntime
import Slurm

/// What the upstreams of this process have done and seen.
public enum UpstreamMetrics {
    /// - Parameters:
    ///   - durationBounds: as in the settings of the clusters.
    ///   - upstreams: those there are at the moment, one for each cluster.
    public static func register(
        in registry: MetricRegistry, durationBounds: [Double]?, _ upstreams: @escaping @Sendable () -> [Upstream]
    ) {
        let families = UpstreamFamily.all(durationBounds: durationBounds)
        registry.collect(families.map(\.family)) { tables in
            for upstream in upstreams() { upstream.fill(&tables, families) }
        }
    }
}

/// A family with a label `cluster` and others, and what it shows of an upstream.
struct UpstreamFamily: Sendable {
    typealias Samples = [(labels: [String], value: Value)]

    enum Value {
        case number(Double)
        case distribution(Distribution)
        /// For infos, which are 1.
        case present
    }

    let family: MetricFamily
    let samples: @Sendable (Upstream.State, MonotonicClock.Instant) -> Samples

    init(
        _ name: MetricName, _ type: FamilyType, _ help: String, unit: String? = nil, labels: [LabelName] = [],
        _ samples: @escaping @Sendable (Upstream.State, MonotonicClock.Instant) -> Samples
    ) {
        family = MetricFamily(name, type, help: help, unit: unit, labels: ["cluster"] + labels, merge: .union)
        self.samples = samples
    }
}

extension Upstream {
    fileprivate func fill(_ tables: inout [SeriesTable], _ families: [UpstreamFamily]) {
        let now = clock.now
        let state = state.withLock { $0 }
        for (index, family) in families.enumerated() {
            for sample in family.samples(state, now) {
                let row = tables[index].row([state.cluster] + sample.labels)
                switch sample.value {
                case .number(let number): tables[index].set(number, at: row)
                case .distribution(let distribution): tables[index].setCells(distribution.cells, at: row)
                case .present: break
                }
            }
        }
    }
}
