import Metrics
import Slurm

/// Jobs of a federation of clusters, as one of its members shows them.
struct JobFederation: Fold {
    private struct Members: Subtotal {
        var origins: [Symbol: Int] = [:]
        var siblings: [Symbol: Int] = [:]
    }

    private static let declare = FamilyGroup(labels: ["partition"], merge: .sum, feed: .jobs)

    private var tables = FigureTables<Members>([
        Figure(
            declare.gauge(
                "slurm_jobs_federated",
                "Jobs of a federation by the member that they were submitted to. Until one of them starts, each member"
                    + " that a job may run in lists it, so members don't add up; the origin's own record is in state revoked"
                    + " while it runs elsewhere.",
                by: ["origin"]), breakdown: { shares($0.origins, $1) }),
        Figure(
            declare.gauge(
                "slurm_jobs_federation_siblings",
                "Jobs of a federation by member in which they wait or run: a job counts under each of them.",
                by: ["sibling"]), breakdown: { shares($0.siblings, $1) }),
    ])
    private var members = Groups<Symbol, Members>()
    private var scope = ScopeFilter()
    private var selection: JobSelection

    init(_ settings: CollectionSettings.Jobs) {
        selection = JobSelection(settings)
    }

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        scope.begin(context)
        selection.begin(context)
        members.removeAll()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        guard !job.federationOrigin.isEmpty || !job.federationSiblings.isEmpty else { return }
        guard scope.covers(job.home, symbols), selection.includes(job, symbols) else { return }
        let jobs = job.jobs
        members.update(job.home) { members in
            if !job.federationOrigin.isEmpty { members.origins[job.federationOrigin, default: 0].add(saturating: jobs) }
            job.federationSiblings.forEachDistinct { members.siblings[$0, default: 0].add(saturating: jobs) }
        }
    }

    private static func shares(_ counts: [Symbol: Int], _ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for (member, count) in counts { shares.append(Share(symbols[member], number: count)) }
        return shares
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var rows: [(labels: [String], subject: Members)] = []
        for entry in members.entries { rows.append(([symbols[entry.key]], entry.content)) }
        return tables.tables(of: rows, symbols)
    }
}
