import Metrics
import Slurm

/// Jobs by the features of nodes that they ask for, each once for each feature that it names.
struct JobFeatures: Fold {
    fileprivate struct Demand: Subtotal {
        var jobs = 0
        var resources = ResourceSum()
    }

    private struct Key: Hashable, Sendable {
        let feature: String
        let state: JobState.Base
    }

    private static let declare = FamilyGroup(labels: ["feature", "state"], merge: .sum, feed: .jobs)
    private static let note =
        " A job counts under each feature that its constraint names, whether it needs all of them or one; state is"
        + " pending, running or suspended."

    private var tables = FigureTables<Demand>([
        Figure(
            whole: declare.gauge("slurm_feature_jobs", "Jobs by the features of nodes that they ask for." + note)
        ) { $0.jobs },
        Figure(
            whole: declare.gauge(
                "slurm_feature_cpus", "CPUs that jobs ask for or have, by the features that they ask for." + note)
        ) { $0.resources.cpus.known },
        Figure(
            whole: declare.gauge(
                "slurm_feature_memory_bytes",
                "Memory that jobs ask for or have, by the features that they ask for." + note, unit: "bytes")
        ) { $0.resources.memoryBytes.known },
    ])
    private var demands = Groups<Key, Demand>()
    private var features: [String: [String]] = [:]
    private var scope = ScopeFilter()
    private var selection: JobSelection

    init(_ settings: CollectionSettings.Jobs) {
        selection = JobSelection(settings)
    }

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        scope.begin(context)
        selection.begin(context)
        demands.removeAll()
        features.removeAll(keepingCapacity: true)
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        guard !job.features.isEmpty else { return }
        let state = job.state.presumedBase
        guard state == .pending || state == .running || state == .suspended else { return }
        guard scope.covers(job.home, symbols), selection.includes(job, symbols) else { return }
        for feature in names(in: job.features) {
            demands.update(Key(feature: feature, state: state)) { $0.add(job, isWaiting: state == .pending) }
        }
    }

    /// Many jobs have the same constraint.
    private mutating func names(in constraint: String) -> [String] {
        if let known = features[constraint] { return known }
        let names = Constraint.features(in: constraint)
        features[constraint] = names
        return names
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        let rows = demands.entries.map { (labels: [$0.key.feature, $0.key.state.rawValue], subject: $0.content) }
        return tables.tables(of: rows, symbols)
    }
}

extension JobFeatures.Demand {
    fileprivate mutating func add(_ job: borrowing JobRecord, isWaiting: Bool) {
        jobs.add(saturating: job.jobs)
        if isWaiting { resources.add(job.requested, times: job.jobs) } else { resources.add(job.allocated) }
    }
}

/// What a job asks of its nodes, such as `ib&[rack1*2&rack2]`.
enum Constraint {
    /// The features that it names, each once, without the counts.
    static func features(in text: String) -> [String] {
        var features: [String] = []
        for word in text.split(whereSeparator: "&|,[]() ".contains) {
            let feature = String(word.prefix { $0 != "*" })
            if !feature.isEmpty, !features.contains(feature) { features.append(feature) }
        }
        return features
    }
}
