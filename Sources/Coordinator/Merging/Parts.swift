import Metrics
import ServiceRuntime
import SnapshotFormat

/// The parts of one family that the slices hold, of one generation where that matters.
struct Parts {
    private var tables: [SeriesTable] = []
    private let family: MetricFamily
    /// Whether every slice that has a part in it has a current one, of the same generation.
    private(set) var isComplete = true
    private(set) var expires: MonotonicClock.Instant?

    init(
        of family: FamilyState, _ cluster: String, _ slices: [ServedSlice], _ holdings: [String: SliceHoldings],
        at now: MonotonicClock.Instant
    ) {
        self.family = family.table.family
        let key = SliceHoldings.FeedKey(cluster: cluster, feed: family.table.family.feed)
        let share = ServedSlice.Share(cluster: cluster, collector: family.collector)
        var held: [[SliceHoldings.HeldFeed]] = []
        for slice in slices {
            let feeds = holdings[slice.name]?.current(key, at: now) ?? []
            let shows = feeds.contains { $0.families[self.family.name] != nil }
            let isExpected = slice.shares.isEmpty ? shows : slice.counts(share, holdings)
            if isExpected { held.append(feeds) }
        }
        choose(from: held, family.table)
    }

    private mutating func choose(from held: [[SliceHoldings.HeldFeed]], _ model: SeriesTable) {
        let generations = held.map { Set($0.map(\.key)) }
        let common = generations.dropFirst().reduce(generations.first ?? []) { $0.intersection($1) }.max()
        isComplete = common != nil
        for feeds in held {
            guard let feed = common.map({ key in feeds.first { $0.key == key } }) ?? feeds.first else { continue }
            expires = min(expires ?? feed.expires, feed.expires)
            guard let part = feed.families[family.name] else { continue }
            if part.dropped == nil, part.table.canMerge(model) {
                tables.append(part.table)
            } else {
                isComplete = false
            }
        }
    }

    /// Nil where there is nothing that may be shown.
    func merged(clashes: inout Int) -> SeriesTable? {
        guard var merged = tables.first, isComplete || family.merge.makesSenseInPart else { return nil }
        if family.merge == .replica { return merged }
        for part in tables.dropFirst() { clashes += merged.merge(part) }
        return merged
    }
}

extension MergeRule {
    /// Whether some of the parts are still true without the others.
    fileprivate var makesSenseInPart: Bool {
        switch self {
        case .union, .replica: true
        case .sum, .sumOfFractions, .max, .min, .derived: false
        }
    }
}
