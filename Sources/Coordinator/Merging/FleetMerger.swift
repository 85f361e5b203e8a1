import Metrics
public import ServiceRuntime
public import SnapshotFormat

/// Makes one of all slices: by slice and generation, never by process.
///
/// Numbers that are sums, maxima or minima are made of parts of one generation: until every slice has the newest, the one
/// before is shown whole. Where a part is missing or too old, they are left out, and ``MergedFleet/completeness`` says so.
/// Series that a slice has for itself are shown as it has them.
public struct FleetMerger: Sendable {
    private let figures: [FleetFigure]
    private var slices: [ServedSlice] = []
    private var holdings: [String: SliceHoldings] = [:]
    /// Families that were shown once, so that it can be said that they are not.
    private var known: [String: [MetricName: String]] = [:]

    /// - Parameter figures: what is computed of merged families.
    public init(figures: [FleetFigure]) {
        self.figures = figures
    }

    /// Says which slices there are; what is known of others is let go.
    public mutating func arrange(_ slices: [ServedSlice]) {
        self.slices = slices.sorted { $0.name < $1.name }
        let names = Set(slices.map(\.name))
        holdings = holdings.filter { names.contains($0.key) }
        forgetFamilies()
    }

    /// Families of collectors that no slice counts any more aren't missing.
    private mutating func forgetFamilies() {
        guard slices.allSatisfy({ !$0.shares.isEmpty }) else { return }
        for (cluster, families) in known {
            let counted = Set(families.values).filter { collector in
                slices.contains { $0.counts(ServedSlice.Share(cluster: cluster, collector: collector), holdings) }
            }
            known[cluster] = families.filter { counted.contains($0.value) }
        }
        known = known.filter { !$0.value.isEmpty }
    }

    /// - Parameter now: when it came.
    public mutating func take(_ document: SnapshotDocument, of slice: String, at now: MonotonicClock.Instant) {
        guard slices.contains(where: { $0.name == slice }) else { return }
        let counted = holdings[slice]?.collectors
        holdings[slice, default: SliceHoldings()].take(document, at: now)
        let isNews = note(document.families)
        if isNews || holdings[slice]?.collectors != counted { forgetFamilies() }
    }

    /// - Returns: whether one of them wasn't known.
    private mutating func note(_ families: [FamilyState]) -> Bool {
        families.reduce(false) { isNews, family in
            let before = known[family.cluster, default: [:]].updateValue(
                family.collector, forKey: family.table.family.name)
            return before != family.collector || isNews
        }
    }

    /// Shows nothing of it, as if nothing had come.
    mutating func leaveOut(_ slice: String) {
        holdings[slice] = nil
    }

    public func merged(at now: MonotonicClock.Instant) -> MergedFleet {
        var fleet = MergedFleet()
        for cluster in clusters.sorted() { merge(cluster, at: now, into: &fleet) }
        return fleet
    }

    private var clusters: Set<String> {
        Set(holdings.values.flatMap { $0.feeds.keys.map(\.cluster) }).union(known.keys)
            .union(slices.flatMap { $0.shares.map(\.cluster) })
    }
}

extension FleetMerger {
    private func merge(_ cluster: String, at now: MonotonicClock.Instant, into fleet: inout MergedFleet) {
        let families = newestFamilies(of: cluster, at: now)
        var tables: [SeriesTable] = []
        for family in families where family.table.family.merge != .derived {
            let parts = Parts(of: family, cluster, slices, holdings, at: now)
            if let merged = parts.merged(clashes: &fleet.clashes) { tables.append(merged) }
            fleet.note(family.table.family.name, of: cluster, isComplete: parts.isComplete)
            if let expires = parts.expires { fleet.expires = min(fleet.expires ?? expires, expires) }
        }
        let names = Set(families.map(\.table.family.name))
        for name in known[cluster, default: [:]].keys where !names.contains(name) {
            fleet.note(name, of: cluster, isComplete: false)
        }
        for figure in figures where figure.isOwn || names.contains(figure.family.name) {
            let table = figure.table(from: tables)
            if !table.isEmpty { tables.append(table) }
            fleet.note(figure, of: cluster)
        }
        let slices = expectedSlices(of: cluster)
        let covered = slices.count { holdings[$0.name]?.covers(cluster, at: now) == true }
        fleet.coverage[cluster] = slices.isEmpty ? 0 : Double(covered) / Double(slices.count)
        fleet.gaps += slices.count { holdings[$0.name]?.isWhole(cluster, at: now) != true }
        fleet.tables.append((cluster, tables.sorted { $0.family.name < $1.family.name }))
    }

    /// One of each family that some slice shows, in whichever generation.
    private func newestFamilies(of cluster: String, at now: MonotonicClock.Instant) -> [FamilyState] {
        var families: [MetricName: FamilyState] = [:]
        for slice in slices {
            guard let held = holdings[slice.name] else { continue }
            for key in held.feeds.keys where key.cluster == cluster {
                for feed in held.current(key, at: now) {
                    families.merge(feed.families) { first, _ in first }
                }
            }
        }
        return families.values.sorted { $0.table.family.name < $1.table.family.name }
    }

    private func expectedSlices(of cluster: String) -> [ServedSlice] {
        slices.filter { slice in
            slice.shares.contains { $0.cluster == cluster && slice.counts($0, holdings) }
                || slice.shares.isEmpty && holdings[slice.name]?.feeds.keys.contains { $0.cluster == cluster } != false
        }
    }
}

extension ServedSlice {
    /// Whether it counts that share, as far as one knows.
    func counts(_ share: Share, _ holdings: [String: SliceHoldings]) -> Bool {
        shares.contains(share) && holdings[name]?.counts(share) ?? true
    }
}
