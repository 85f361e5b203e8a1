import Metrics
import Slurm

/// Jobs by the features of nodes that they ask for, without a word on their states.
struct RivosincFeatures: Fold {
    private struct Demand: Subtotal {
        var jobs = 0
        var resources = ResourceSum()
    }

    private static let declare = PeerGroup<Demand>(labels: ["feature"], feed: .jobs)
    private static let note =
        "Of jobs that wait, run or are suspended, under each feature that the constraint names; the original only knows &,"
        + " and with its default commands no features."

    private static let figures: [PeerFigure<Demand>] = [
        declare.count(
            "slurm_feature_total", "Jobs by feature.", as: "sum by (feature) (slurm_feature_jobs)", note
        ) { $0.jobs },
        declare.count(
            "slurm_feature_cpu_alloc", "CPUs that jobs have or ask for, by feature.",
            as: "sum by (feature) (slurm_feature_cpus)", note
        ) { $0.resources.cpus.known },
        declare.count(
            "slurm_feature_mem_alloc", "Memory that jobs have or ask for, by feature, in bytes.",
            as: "sum by (feature) (slurm_feature_memory_bytes)", note
        ) { $0.resources.memoryBytes.known },
    ]

    static var rows: [PeerRow] { figures.map(\.row) }

    private var tables = FigureTables<Demand>(figures.map(\.figure))
    private var demands = Groups<String, Demand>()

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        demands.removeAll()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        let state = job.state.presumedBase
        guard !job.features.isEmpty, state == .pending || state == .running || state == .suspended else { return }
        let (count, resources) = (job.jobs, state == .pending ? job.requested : job.allocated)
        for feature in Constraint.features(in: job.features) {
            demands.update(feature) {
                $0.jobs.add(saturating: count)
                $0.resources.add(resources, times: count)
            }
        }
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        tables.tables(of: demands.entries.map { ([$0.key], $0.content) }, symbols)
    }
}
