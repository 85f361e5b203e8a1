import Metrics
import ServiceRuntime
import SnapshotFormat

/// The newest snapshot of each feed of each cluster, and what of it is shown: a state machine without clock or bytes.
struct Holdings: Sendable {
    /// A part of a page: what changes together.
    struct Section: Hashable, Comparable, Sendable {
        let collector: String
        let feed: Feed

        static func < (left: Self, right: Self) -> Bool {
            (left.collector, left.feed.rawValue) < (right.collector, right.feed.rawValue)
        }
    }

    enum DropReason: String {
        case maximumSeries = "max_series"
        case memory
        case labelLimit = "label_limit"
    }

    struct Drop: Hashable {
        let family: MetricName
        let reason: DropReason
    }

    private struct Source: Hashable {
        let cluster: String
        let feed: Feed
    }

    private struct Held {
        let snapshot: FeedSnapshot
        /// Within the label limits.
        var limited: [CollectorTables] = []
        /// Families that memory has no room for; their series are gone.
        var shed: [Shed] = []
    }

    private struct Counting {
        let generation: UInt64
        let states: [String: CounterState]
    }

    private struct Shed {
        let collector: String
        let family: MetricFamily
        let series: Int
    }

    private let labelLimits: [LabelName: Int]
    private let levels: [MetricName: Level]
    private let namesClusters: Bool
    private var held: [Source: Held] = [:]
    /// Of the newest snapshots: what was counted stays so when it is too old to be shown.
    private var counting: [Source: Counting] = [:]
    private var limiters: [String: LabelLimiter] = [:]
    private var budget: SeriesBudget
    private(set) var level = MemoryGuard.Level.normal
    /// How many series were left out, generation by generation.
    private(set) var drops: [Drop: Int] = [:]

    /// - Parameters:
    ///   - levels: of families that matter more or less than they declare.
    ///   - namesClusters: whether each series says which cluster it is of.
    init(
        labelLimits: [LabelName: Int] = [:], maximumSeries: Int? = nil, levels: [MetricName: Level] = [:],
        namesClusters: Bool = true
    ) {
        self.labelLimits = labelLimits
        self.levels = levels
        self.namesClusters = namesClusters
        budget = SeriesBudget(limit: maximumSeries)
    }
}

/// What changes them; each returns the sections that look different now.
extension Holdings {
    /// A snapshot that is no newer than the one held is passed over.
    mutating func take(_ snapshot: FeedSnapshot) -> Set<Section> {
        let source = Source(cluster: snapshot.cluster, feed: snapshot.feed)
        if let known = held[source], known.snapshot.generation >= snapshot.generation { return [] }
        counting[source] = Counting(generation: snapshot.generation, states: snapshot.states)
        let before = held[source].map(sections) ?? []
        var limiter = limiters[snapshot.cluster] ?? LabelLimiter(labelLimits)
        let isChanged = choose(for: snapshot, &limiter)
        limiters[snapshot.cluster] = limiter
        held[source] = limited(snapshot, by: limiter)
        var changed = before.union(held[source].map(sections) ?? [])
        if isChanged { changed.formUnion(limitOthers(than: source, by: limiter)) }
        changed.formUnion(rebudget())
        countDrops(of: source)
        return changed
    }

    /// Whoever decides for several slices does so generation by generation: what another feed shows stays as it is until
    /// its own next one, so that parts of one generation are cut alike wherever they are.
    ///
    /// - Returns: whether other feeds are to be cut anew.
    private func choose(for snapshot: FeedSnapshot, _ limiter: inout LabelLimiter) -> Bool {
        let tables = snapshot.collectors.flatMap(\.tables)
        guard let kept = snapshot.kept else { return limiter.weigh(tables, of: snapshot.feed) }
        limiter.obey(kept, tables, of: snapshot.feed)
        return false
    }

    /// Lets go of what isn't current any more.
    mutating func expire(at now: MonotonicClock.Instant) -> Set<Section> {
        remove { $0.snapshot.expires <= now }
    }

    mutating func forget(_ cluster: String) -> Set<Section> {
        limiters[cluster] = nil
        counting = counting.filter { $0.key.cluster != cluster }
        return remove { $0.snapshot.cluster == cluster }
    }

    /// What a level sheds is let go of at once; it comes back with the next generation after the level.
    mutating func setLevel(_ new: MemoryGuard.Level) -> Set<Section> {
        guard new != level else { return [] }
        level = new
        var changed: Set<Section> = []
        for (source, one) in held {
            let new = shedding(one)
            let dropped = new.shed.dropFirst(one.shed.count)
            guard !dropped.isEmpty else { continue }
            for shed in dropped { drop(shed.family, .memory, series: shed.series) }
            changed.formUnion(sections(one))
            held[source] = new
        }
        return changed.union(rebudget())
    }

    private mutating func remove(where isGone: (Held) -> Bool) -> Set<Section> {
        let gone = held.filter { isGone($0.value) }
        guard !gone.isEmpty else { return [] }
        for source in gone.keys { held[source] = nil }
        return gone.values.reduce(into: rebudget()) { $0.formUnion(sections($1)) }
    }
}

extension Holdings {
    private mutating func limited(_ snapshot: FeedSnapshot, by limiter: LabelLimiter) -> Held {
        var new = shedding(Held(snapshot: snapshot))
        limit(&new, by: limiter)
        return new
    }

    private mutating func limit(_ one: inout Held, by limiter: LabelLimiter) {
        one.limited = one.snapshot.collectors
        for collector in one.limited.indices {
            for index in one.limited[collector].tables.indices {
                let (table, dropped) = limiter.limit(one.limited[collector].tables[index])
                one.limited[collector].tables[index] = table
                if dropped > 0 { drop(table.family, .labelLimit, series: dropped) }
            }
        }
    }

    private mutating func limitOthers(than source: Source, by limiter: LabelLimiter) -> Set<Section> {
        var changed: Set<Section> = []
        for (other, one) in held where other.cluster == source.cluster && other.feed != source.feed {
            var new = one
            limit(&new, by: limiter)
            held[other] = new
            changed.formUnion(sections(new))
        }
        return changed
    }

    /// Without the families that the level sheds.
    private func shedding(_ one: Held) -> Held {
        guard level != .normal else { return one }
        let shed = one.snapshot.collectors.flatMap { collector in
            collector.tables.filter { sheds($0.family) }
                .map { Shed(collector: collector.collector, family: $0.family, series: $0.sampleCount) }
        }
        return Held(
            snapshot: one.snapshot.with(withoutShed(one.snapshot.collectors)), limited: withoutShed(one.limited),
            shed: one.shed + shed)
    }

    private func sheds(_ family: MetricFamily) -> Bool { level.sheds(level(of: family)) }

    private func level(of family: MetricFamily) -> Level { levels[family.name] ?? family.level }

    private func withoutShed(_ collectors: [CollectorTables]) -> [CollectorTables] {
        collectors.map { collector in
            CollectorTables(
                collector: collector.collector, tables: collector.tables.filter { !sheds($0.family) })
        }
    }

    /// - Returns: the sections with families that are shown now and were not before, or the other way round.
    private mutating func rebudget() -> Set<Section> {
        let before = budget.dropped
        var sizes: [MetricName: SeriesBudget.Family] = [:]
        forEachTable { _, _, table in
            let name = table.family.name
            let series = (sizes[name]?.series ?? 0) + table.sampleCount
            sizes[name] = SeriesBudget.Family(name, level(of: table.family), series: series)
        }
        budget.decide(Array(sizes.values))
        let flipped = before.symmetricDifference(budget.dropped)
        guard !flipped.isEmpty else { return [] }
        var changed: Set<Section> = []
        forEachTable { source, collector, table in
            guard flipped.contains(table.family.name) else { return }
            changed.insert(Section(collector: collector, feed: source.feed))
        }
        return changed
    }

    private mutating func countDrops(of source: Source) {
        guard let one = held[source] else { return }
        for shed in one.shed { drop(shed.family, .memory, series: shed.series) }
        for table in one.limited.flatMap(\.tables) where budget.dropped.contains(table.family.name) {
            drop(table.family, .maximumSeries, series: table.sampleCount)
        }
    }

    private mutating func drop(_ family: MetricFamily, _ reason: DropReason, series: Int) {
        drops[Drop(family: family.name, reason: reason), default: 0] += series
    }

    private func sections(_ one: Held) -> Set<Section> {
        Set(one.snapshot.collectors.map { Section(collector: $0.collector, feed: one.snapshot.feed) })
    }

    private func forEachTable(_ body: (Source, _ collector: String, SeriesTable) -> Void) {
        for (source, one) in held {
            for collector in one.limited {
                for table in collector.tables { body(source, collector.collector, table) }
            }
        }
    }
}

/// What is shown.
extension Holdings {
    struct Family {
        let cluster: String
        let collector: String
        let table: SeriesTable
        /// Why nothing of it is shown.
        let dropped: DropReason?
    }

    /// Everything of one cluster or of all that isn't past its time, by name and cluster.
    func families(of clusters: Set<String>? = nil) -> [Family] {
        var families: [Family] = []
        for (source, one) in held where clusters?.contains(source.cluster) ?? true {
            for collector in one.limited {
                families += collector.tables.map { table in
                    let dropped = budget.dropped.contains(table.family.name) ? DropReason.maximumSeries : nil
                    return Family(
                        cluster: source.cluster, collector: collector.collector, table: table, dropped: dropped)
                }
            }
            families += one.shed.map {
                Family(
                    cluster: source.cluster, collector: $0.collector, table: SeriesTable($0.family), dropped: .memory)
            }
        }
        return families.sorted { ($0.table.family.name, $0.cluster) < ($1.table.family.name, $1.cluster) }
    }

    var sections: [Section] {
        held.values.reduce(into: Set()) { $0.formUnion(sections($1)) }.sorted()
    }

    /// The families of a section by name, each with a part for each cluster.
    func families(in section: Section, of clusters: Set<String>? = nil) -> [[FamilyPart]] {
        var parts: [MetricName: [(cluster: String, part: FamilyPart)]] = [:]
        for (source, one) in held where source.feed == section.feed && clusters?.contains(source.cluster) ?? true {
            for table in one.limited.filter({ $0.collector == section.collector }).flatMap(\.tables)
            where !budget.dropped.contains(table.family.name) && !table.isEmpty {
                let labels = namesClusters ? [SeriesLabel("cluster", source.cluster)] : []
                let part = FamilyPart(table, constantLabels: labels)
                parts[table.family.name, default: []].append((source.cluster, part))
            }
        }
        return parts.sorted { $0.key < $1.key }.map { family in
            family.value.sorted { $0.cluster < $1.cluster }.map(\.part)
        }
    }

    var clusters: Set<String> { Set(held.keys.map(\.cluster)) }

    /// When the first of what is shown isn't current any more.
    var expires: MonotonicClock.Instant? { held.values.map(\.snapshot.expires).min() }

    var states: [CountingState] {
        counting.flatMap { source, counting in
            counting.states.map { collector, state in
                CountingState(
                    cluster: source.cluster, collector: collector, feed: source.feed,
                    generation: counting.generation, state: state)
            }
        }.sorted { ($0.cluster, $0.collector, $0.feed.rawValue) < ($1.cluster, $1.collector, $1.feed.rawValue) }
    }

    /// The feeds that have something to show.
    var snapshots: [FeedSnapshot] { held.values.map(\.snapshot) }

    var labelCounts: [String: [LabelName: LabelLimiter.Count]] { limiters.mapValues(\.counts) }
}
