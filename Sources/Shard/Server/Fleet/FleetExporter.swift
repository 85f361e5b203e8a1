import Collectors
import Configuration
import FleetProtocol
import HTTPClient
import Locks
import Membership
import Metrics
import Program
import ServiceRuntime
import ShardSettings
import Snapshots
import Upstreams

/// What a shard of a fleet works with: as much of everything as its plan says.
actor FleetExporter: FleetMember, Workload {
    /// What answers look at, without waiting for a plan that is being taken.
    struct View: Sendable {
        var groups: [SliceGroup] = []
        var slices: [Slice] = []
        /// Those that somebody else owns already, or still.
        var former: Set<String> = []
        var works: [ClusterWork] = []
        var compatibility: CompatibilityPages
        /// What the plan says, without secrets.
        var configuration = "# no plan so far\n"
        var throttleThreshold: Double?
    }

    nonisolated var shown: [Snapshots] { view.withLock { $0.groups.map(\.snapshots) } }
    nonisolated var upstreams: [Upstream] { view.withLock { $0.works.map(\.upstream) } }
    nonisolated var otherPages: CompatibilityPages { view.withLock { $0.compatibility } }
    nonisolated var throttleThreshold: Double? { view.withLock { $0.throttleThreshold } }

    nonisolated let registry = MetricRegistry()
    nonisolated let view: Locked<View>
    private let tokens: FleetTokens
    private let log: Log
    private let client: HTTPClient
    private let run: UInt64
    private let keeper: CounterKeeper
    private var configuration: LastConfiguration
    private let reloads: ConfigurationMetrics
    private var groups: [String: SliceGroup] = [:]
    private var slices: [String: RunningSlice] = [:]
    /// Of slices that are begun anew: what they showed.
    private var past: [String: [FeedSnapshot]] = [:]
    private var works: [String: ClusterWork] = [:]
    /// Of other exporters' metrics, of clusters that are asked from here.
    private var compatibility: CompatibilityPages
    private var peerCollections: [String: [ClusterCollection]] = [:]
    /// Upstreams that were given up while a question was under way.
    private var leaving: [ClusterWork] = []
    /// Plans are followed one after the other.
    private var last: Task<Following, Never>?
    private let handOver: CounterHandOver

    /// - Parameters:
    ///   - environment: what references to secrets are looked up in.
    ///   - run: counts the starts of this shard, so that generations rise from one to the next.
    ///   - directory: where counters are kept for a start without anybody to ask; nil to keep none.
    init(
        environment: [String: String], _ fleet: MembershipSettings, run: UInt64, countersIn directory: String?,
        log: Log
    ) throws {
        configuration = LastConfiguration(
            environment: environment, in: fleet.stateDirectory, logger: log.logger("configuration"))
        reloads = ConfigurationMetrics(in: registry)
        tokens = fleet.tokens
        self.log = log
        self.run = run
        keeper = CounterKeeper(directory, registry: registry, logger: log.logger("counters"))
        client = try HTTPClient()
        compatibility = CompatibilityPages(ShardSettings(), log: log)
        handOver = CounterHandOver(
            coordinators: fleet.coordinators, tokens: fleet.tokens, client: client, logger: log.logger("counters"))
        let view = Locked(View(compatibility: compatibility))
        self.view = view
        UpstreamMetrics.register(
            in: registry, durationBounds: ShardSettings().metrics.exporter.requestDuration.shownBounds
        ) { view.withLock { $0.works.map(\.upstream) } }
        SliceStateMetrics.register(in: registry) { [weak self] in self?.states ?? [] }
    }

    func follow(_ plan: Plan, as shard: String) async -> Following {
        let before = last
        let task = Task {
            _ = await before?.value
            return await take(plan, as: shard)
        }
        last = task
        return await task.value
    }

    private func take(_ plan: Plan, as shard: String) async -> Following {
        await take(plan.configuration)
        guard let settings = configuration.inForce?.settings else {
            return .notAtAll(configuration.complaint ?? "no configuration has held so far")
        }
        let clusters = Set(settings.clusters.map(\.name))
        let given = plan.slices.filter { $0.holders.contains(shard) }
        let mine = given.filter { clusters.contains($0.slice.cluster) }
        await dropSlices(others: mine.map(\.slice))
        for planned in mine { await add(planned, plan, shard, settings) }
        past = [:]
        for work in works.values where !clusters.contains(work.cluster) { await giveUp(work, work.settings) }
        for cluster in settings.clusters { await settle(cluster, plan, shard, settings) }
        await connect(mine.map(\.slice), plan, shard)
        for work in works.values where !work.isStarted { await start(work) }
        show(mine, shard)
        let unknown = given.first { !clusters.contains($0.slice.cluster) }?.slice.cluster
        let problem = configuration.complaint ?? unknown.map { "the configuration has no cluster '\($0)'" }
        return problem.map(Following.inPart) ?? .entirely
    }

    private func take(_ offered: SharedConfiguration) async {
        let before = configuration.inForce?.yaml
        configuration.take(offered)
        configuration.complaint == nil ? reloads.noteSuccess() : reloads.noteFailure()
        if configuration.inForce?.yaml != before { await forgetAll() }
    }

    func report() -> WorkReport {
        let now = MonotonicClock.system.now
        leaving.removeAll { $0.isOver }
        var report = WorkReport()
        let former = view.withLock { $0.former }
        report.slices = slices.values.map { $0.report(at: now, isFormer: former.contains($0.slice.id)) }
            .sorted { $0.id < $1.id }
        report.upstreams = (Array(works.values) + leaving).map { $0.report() }.sorted { $0.cluster < $1.cluster }
        report.unreachable = Set(slices.values.compactMap(\.reader).filter(\.isCutOff).map(\.owner)).sorted()
        report.longestQuestionSeconds = configuration.inForce?.longestQuestion.map { $0 / .seconds(1) }
        return report
    }

    /// Another configuration makes other collectors: all is begun anew but the upstreams. What was shown stays until there
    /// is something newer.
    private func forgetAll() async {
        for (id, running) in slices { past[id] = await running.snapshots.current(of: running.slice.cluster) }
        for id in slices.keys.sorted() { await drop(id) }
        guard let settings = configuration.inForce?.settings else { return }
        compatibility = CompatibilityPages(settings, log: log)
        peerCollections = works.mapValues { compatibility.collections(of: $0.cluster) }
        for cluster in settings.clusters {
            guard let work = works[cluster.name] else { continue }
            try? work.upstream.update(cluster, schedule: settings.questions(to: cluster))
            work.hub.decide(by: LabelDecision(settings, kept: []))
        }
    }
}

/// Slices.
extension FleetExporter {
    private func dropSlices(others kept: [Slice]) async {
        for (id, running) in slices where !kept.contains(running.slice) { await drop(id) }
    }

    private func drop(_ id: String) async {
        guard let running = slices.removeValue(forKey: id) else { return }
        await running.reader?.stop()
        for work in works.values { serveLocals(of: work) }
        await running.snapshots.forget(running.slice.cluster)
        if !slices.values.contains(where: { $0.slice.name == running.slice.name }) { groups[running.slice.name] = nil }
    }

    private func add(_ planned: PlannedSlice, _ plan: Plan, _ shard: String, _ settings: ShardSettings) async {
        let slice = planned.slice
        guard slices[slice.id] == nil, let prefix = try? MetricPrefix(validating: slice.prefix) else { return }
        let group = groups[slice.name] ?? SliceGroup(slice, prefix: prefix, settings)
        groups[slice.name] = group
        let running = RunningSlice(slice, in: group, settings, keeper)
        slices[slice.id] = running
        await running.snapshots.goOn(from: past[slice.id] ?? [])
        let former = planned.holders.first { $0 != shard }.flatMap { id in plan.shards.first { $0.id == id } }
        Task {
            running.collection.goOn(from: await handOver.counters(of: slice, from: former))
            let missing = await catchUp(running)
            running.counters.haveCome()
            guard let work = works[slice.cluster] else { return }
            serveLocals(of: work)
            for feed in missing { work.upstream.hasten(feed) }
        }
    }

    /// A slice that comes to where its cluster is asked already isn't to wait for the next answers.
    ///
    /// - Returns: what nothing is kept of.
    private func catchUp(_ running: RunningSlice) async -> Set<Feed> {
        guard slices[running.slice.id]?.reader == nil, let work = works[running.slice.cluster] else { return [] }
        return await work.hub.giveKept(to: running.collection)
    }

    private func serveLocals(of work: ClusterWork, remoteFeeds: Set<Feed>? = nil) {
        let locals = slices.values.filter {
            $0.slice.cluster == work.cluster && $0.reader == nil && $0.counters.areHere
        }
        work.hub.serve(
            locals.map(\.collection) + (peerCollections[work.cluster] ?? []),
            remoteFeeds: remoteFeeds ?? work.hub.remoteFeeds, base: work.base(run: run))
    }

    private func show(_ mine: [PlannedSlice], _ shard: String) {
        let shown = View(
            groups: groups.values.sorted { $0.name < $1.name }, slices: slices.values.map(\.slice),
            former: Set(mine.filter { $0.owner != shard }.map(\.slice.id)),
            works: works.values.sorted { $0.cluster < $1.cluster }, compatibility: compatibility,
            configuration: configuration.shown,
            throttleThreshold: configuration.inForce?.settings.pace.throttlingThreshold)
        view.withLock { $0 = shown }
    }

    /// How slices stand, for whoever scrapes this shard and others.
    nonisolated var states: [(slice: Slice, state: String)] {
        let view = view.withLock { $0 }
        return view.slices.map { slice in
            let snapshots = view.groups.first { $0.name == slice.name }?.snapshots
            let isWaiting = snapshots?.waitingFor.contains { $0.hasPrefix(slice.cluster + " ") } ?? true
            return (slice, view.former.contains(slice.id) ? "leaving" : isWaiting ? "warming" : "serving")
        }
    }
}

/// Upstreams.
extension FleetExporter {
    private func settle(_ cluster: ClusterSettings, _ plan: Plan, _ shard: String, _ settings: ShardSettings) async {
        let planned = plan.upstream(of: cluster.name)
        let isMine = planned?.owner == shard && planned?.isWaiting == false
        if let work = works[cluster.name], !isMine || work.term != planned?.term {
            await giveUp(work, cluster)
        }
        guard isMine, let planned else { return }
        if works[cluster.name] == nil {
            let work = ClusterWork(cluster, settings.questions(to: cluster), term: planned.term, log: log)
            work.hub.decide(by: LabelDecision(settings, kept: keptValues(of: cluster.name)))
            works[cluster.name] = work
            peerCollections[cluster.name] = compatibility.collections(of: cluster.name)
        }
    }

    /// Once those are known who are served by it.
    private func start(_ work: ClusterWork) async {
        let locals = slices.values.filter { $0.slice.cluster == work.cluster && $0.reader == nil }
        do {
            try await work.start(after: leaving.filter { $0.cluster == work.cluster }, locals.map(\.counters))
        } catch {
            log.logger("fleet").error("an upstream can't be asked", ["error": .string("\(error)")])
            await forget(work)
        }
    }

    private func giveUp(_ work: ClusterWork, _ settings: ClusterSettings) async {
        work.release(settings)
        leaving.append(work)
        await forget(work)
    }

    private func forget(_ work: ClusterWork) async {
        works[work.cluster] = nil
        peerCollections[work.cluster] = nil
        await compatibility.forget(work.cluster)
    }

    /// As another shard decided them, whose work is taken over.
    private func keptValues(of cluster: String) -> [KeptValues] {
        slices.values.filter { $0.slice.cluster == cluster }.lazy.compactMap(\.collection.kept).first ?? []
    }

    /// Gives each slice its records: from the upstream here, or from the shard that has it.
    private func connect(_ mine: [Slice], _ plan: Plan, _ shard: String) async {
        for slice in mine { await connect(slice, plan, shard) }
        for work in works.values {
            let remote = plan.slices.filter { $0.slice.cluster == work.cluster && $0.holders.contains { $0 != shard } }
            let feeds = remote.flatMap { planned in
                planned.slice.collectors.compactMap { Collector.Name(rawValue: $0) }
            }.flatMap { Collector($0, configuration.inForce?.settings.collected ?? CollectionSettings()).feeds }
            serveLocals(of: work, remoteFeeds: Set(feeds))
        }
    }

    private func connect(_ slice: Slice, _ plan: Plan, _ shard: String) async {
        guard var running = slices[slice.id] else { return }
        let owner = plan.upstream(of: slice.cluster)?.owner.flatMap { id in plan.shards.first { $0.id == id } }
        let isHere = works[slice.cluster] != nil
        if isHere { running.heard.withLock { $0 = running.collection.feeds } }
        if let reader = running.reader {
            if !isHere, let owner, reader.reads(slice, from: owner) { return }
            await reader.stop()
            running.reader = nil
        }
        if !isHere, let owner, owner.id != shard {
            let reader = RemoteReader(
                slice, from: owner, into: running.collection, hearing: running.heard, tokens: tokens,
                client: client, logger: log.logger("feeds"))
            reader.start(after: leaving.filter { $0.cluster == slice.cluster }, running.counters)
            running.reader = reader
        }
        slices[slice.id] = running
    }
}
