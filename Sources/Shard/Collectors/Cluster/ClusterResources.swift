import Metrics
import Slurm

/// What jobs have by kind of resource, as accounting names the kinds.
struct ClusterResources: Fold {
    private static let allocated = FamilyGroup(merge: .sum, feed: .jobs).gauge(
        "slurm_tres_allocated",
        "What running and suspended jobs have by kind of resource, memory in bytes. GPUs of a type are in gpu, too, as"
            + " Slurm counts them. What is configured is in slurm_tres_configured.",
        by: ["tres_type", "tres_name"])

    private var sum = ResourceSum()
    private var billing = Sum()

    var families: [MetricFamily] { [Self.allocated] }

    mutating func begin(_ context: FoldContext) {
        sum = ResourceSum()
        billing = Sum()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        let base = job.state.presumedBase
        guard base == .running || base == .suspended else { return }
        sum.add(job.allocated)
        billing.add(job.allocated.billing.flatMap { Int(exactly: $0.rounded()) })
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var table = SeriesTable(Self.allocated)
        func set(_ type: String, _ name: String = "", to amount: Int?) {
            guard let amount else { return }
            let row = table.row(type, name)
            table.set(Double(amount), at: row)
        }
        set("cpu", to: sum.cpus.known)
        set("mem", to: sum.memoryBytes.known)
        set("node", to: sum.nodes.known)
        set("billing", to: billing.known)
        if !sum.gpus.groups.isEmpty { set("gres", "gpu", to: sum.gpus.total) }
        for group in sum.gpus.groups where !group.type.isEmpty {
            set("gres", "gpu:" + symbols[group.type], to: group.count)
        }
        table.settle()
        return [table]
    }
}
