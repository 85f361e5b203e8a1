import Metrics
import Slurm

@testable import Collectors

/// Makes records with names, as a decoder would.
final class Records {
    var symbols = Symbols()

    func names(_ texts: [String]) -> [Symbol] {
        var symbols: [Symbol] = []
        for text in texts { symbols.append(self.symbols.intern(text)) }
        return symbols
    }

    func job(
        _ id: UInt32, _ state: JobState.Base = .pending, _ flags: JobState.Flags = [],
        in partitions: [String] = ["main"], user: String = "ann", account: String = "physics", qos: String = "normal",
        cpus: Int? = nil,
        start: Int64? = nil, end: Int64? = nil, _ adjust: (inout JobRecord) -> Void = { _ in }
    ) -> JobRecord {
        var job = JobRecord()
        job.id = id
        job.state = JobState(state, flags)
        job.partitions = names(partitions)
        job.user = symbols.intern(user)
        job.account = symbols.intern(account)
        job.qos = symbols.intern(qos)
        job.submitted = Timestamp(1000)
        job.eligible = Timestamp(1000)
        job.start = start.map { Timestamp($0) }
        job.end = end.map { Timestamp($0) }
        job.requested.cpus = cpus
        if state != .pending {
            job.allocated.cpus = cpus
            job.nodeList = start == nil ? "" : "n1"
        }
        adjust(&job)
        return job
    }

    func node(
        _ name: String, _ state: NodeState.Base = .idle, _ flags: NodeState.Flags = [],
        in partitions: [String] = ["main"], cpus: Int? = 64, allocated: Int? = 0,
        _ adjust: (inout NodeRecord) -> Void = { _ in }
    ) -> NodeRecord {
        var node = NodeRecord()
        node.name = name
        node.state = NodeState(state, flags)
        node.partitions = names(partitions)
        node.cpus = cpus
        node.allocatedCPUs = allocated
        adjust(&node)
        return node
    }

    func gpus(_ groups: KeyValuePairs<String, Int>) -> GPUs {
        var list: [GPUs.Group] = []
        for (type, count) in groups { list.append(GPUs.Group(type: symbols.intern(type), count: count)) }
        return GPUs(list)
    }
}

/// One generation of every feed.
struct Generation {
    var time: Int64 = 2000
    var known: [String] = []
    var jobs: [JobRecord] = []
    var nodes: [NodeRecord] = []
    var partitions: [PartitionRecord] = []
    var controllers: [ControllerRecord] = []
    var scheduler: [SchedulerRecord] = []
    var reservations: [ReservationRecord] = []
    var licenses: [LicenseRecord] = []
    var shares: [ShareRecord] = []
    var associations: [AssociationRecord] = []
    var qos: [QOSRecord] = []
    var database: [DatabaseRecord] = []
    var clusters: [ClusterRecord] = []
    var trackedResources: [TrackedResourceRecord] = []
    var workloadKeys: [WorkloadKeyRecord] = []

    func context(_ scope: Scope = .whole) -> FoldContext {
        FoldContext(
            expectedTime: Timestamp(time), partitions: known, scope: scope, clusterName: "alpha", release: "25.11.2")
    }
}

extension Fold {
    mutating func fold(
        _ records: [Record], _ generation: Generation, _ symbols: Symbols, _ scope: Scope = .whole
    ) -> [SeriesTable] {
        begin(generation.context(scope))
        for record in records { add(record, symbols) }
        return end(symbols, at: Timestamp(generation.time))
    }
}

extension Collector {
    /// Folds a generation of each feed that the collector has folds for.
    mutating func collect(
        _ generation: Generation, _ symbols: Symbols, _ scope: Scope = .whole
    ) -> [SeriesTable] {
        var tables: [SeriesTable] = []
        for place in jobs.indices { tables += jobs[place].fold(generation.jobs, generation, symbols, scope) }
        for place in nodes.indices { tables += nodes[place].fold(generation.nodes, generation, symbols, scope) }
        for place in partitions.indices {
            tables += partitions[place].fold(generation.partitions, generation, symbols, scope)
        }
        for place in controllers.indices {
            tables += controllers[place].fold(generation.controllers, generation, symbols, scope)
        }
        for place in scheduler.indices {
            tables += scheduler[place].fold(generation.scheduler, generation, symbols, scope)
        }
        tables += collectLimits(generation, symbols)
        return tables
    }

    /// Of the feeds that can't be split.
    private mutating func collectLimits(_ generation: Generation, _ symbols: Symbols) -> [SeriesTable] {
        var tables: [SeriesTable] = []
        for place in reservations.indices {
            tables += reservations[place].fold(generation.reservations, generation, symbols)
        }
        for place in licenses.indices { tables += licenses[place].fold(generation.licenses, generation, symbols) }
        for place in shares.indices { tables += shares[place].fold(generation.shares, generation, symbols) }
        for place in associations.indices {
            tables += associations[place].fold(generation.associations, generation, symbols)
        }
        for place in qos.indices { tables += qos[place].fold(generation.qos, generation, symbols) }
        for place in database.indices { tables += database[place].fold(generation.database, generation, symbols) }
        for place in clusters.indices { tables += clusters[place].fold(generation.clusters, generation, symbols) }
        for place in trackedResources.indices {
            tables += trackedResources[place].fold(generation.trackedResources, generation, symbols)
        }
        for place in workloadKeys.indices {
            tables += workloadKeys[place].fold(generation.workloadKeys, generation, symbols)
        }
        return tables
    }

    /// What one generation of a cluster says.
    static func text(
        _ name: Name, _ generation: Generation, _ symbols: Symbols, _ settings: CollectionSettings = .init()
    ) -> Exposition {
        var collector = Collector(name, settings)
        return Exposition(collector.collect(generation, symbols))
    }
}

/// Samples as lines of text, found by family.
struct Exposition: Equatable, CustomStringConvertible {
    let lines: [String]

    var description: String { "\(lines.count) lines" }

    init(_ tables: [SeriesTable], _ format: MetricsFormat = .text) {
        let text = String(decoding: MetricsRenderer(format).render(tables), as: UTF8.self)
        lines = text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }

    /// The samples of a family, those of value 0 left out.
    subscript(family: String) -> [String] {
        all(family).filter { !$0.hasSuffix(" 0") }
    }

    /// The samples of a family.
    func all(_ family: String) -> [String] {
        lines.filter { $0.prefix { $0 != "{" && $0 != " " } == family }.map { String($0.dropFirst(family.count)) }
    }

    func contains(_ line: String) -> Bool { lines.contains(line) }
}
