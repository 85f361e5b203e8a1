import Metrics
import ServiceRuntime
import SnapshotFormat

/// What is known of one slice: the two newest generations of each feed, since the other slices may not have the newest yet.
struct SliceHoldings: Sendable {
    struct FeedKey: Hashable, Sendable {
        let cluster: String
        /// Nil for families that are based on no feed.
        let feed: Feed?
    }

    /// One fetch of a feed, the same in all slices that were made of it. The later is the greater, also where numbers have
    /// begun anew.
    struct GenerationKey: Hashable, Comparable, Sendable {
        let answered: Int64
        let number: UInt64

        static func < (left: Self, right: Self) -> Bool {
            (left.answered, left.number) < (right.answered, right.number)
        }
    }

    struct HeldFeed: Sendable {
        let key: GenerationKey
        /// From then on it isn't current any more.
        var expires: MonotonicClock.Instant
        /// By the families' canonical names.
        var families: [MetricName: FamilyState]

        init(key: GenerationKey, expires: MonotonicClock.Instant, families: [FamilyState]) {
            self.key = key
            self.expires = expires
            self.families = Dictionary(families.map { ($0.table.family.name, $0) }) { first, _ in first }
        }
    }

    private(set) var feeds: [FeedKey: [HeldFeed]] = [:]
    /// Feeds that the slice is made of, and has nothing current of.
    private var lacking: Set<FeedKey> = []
    /// By cluster, the collectors that run, where somebody says so.
    private(set) var collectors: [String: Set<String>]?

    mutating func take(_ document: SnapshotDocument, at now: MonotonicClock.Instant) {
        let families = Dictionary(grouping: document.families) {
            FeedKey(cluster: $0.cluster, feed: $0.table.family.feed)
        }
        var stated: Set<FeedKey> = []
        lacking = []
        collectors = document.collectors
        for state in document.feeds {
            let key = FeedKey(cluster: state.cluster, feed: state.feed)
            stated.insert(key)
            guard let data = state.data, data.age < data.lifetime else {
                feeds[key] = nil
                lacking.insert(key)
                continue
            }
            let expires = now.advanced(by: .seconds(data.lifetime - data.age))
            let generation = GenerationKey(answered: data.answered, number: data.generation)
            note(HeldFeed(key: generation, expires: expires, families: families[key] ?? []), key)
        }
        for (key, families) in families where key.feed == nil {
            note(unbased(families, key.cluster, document, now), key)
        }
        feeds = feeds.filter { stated.contains($0.key) || $0.key.feed == nil && families[$0.key] != nil }
    }

    /// Families without a feed last as long as the last of their cluster's feeds.
    private func unbased(
        _ families: [FamilyState], _ cluster: String, _ document: SnapshotDocument, _ now: MonotonicClock.Instant
    ) -> HeldFeed {
        let left = document.feeds.filter { $0.cluster == cluster }.compactMap(\.data).map { $0.lifetime - $0.age }.max()
        return HeldFeed(
            key: GenerationKey(answered: 0, number: 0), expires: now.advanced(by: .seconds(left ?? 0)),
            families: families)
    }

    private mutating func note(_ feed: HeldFeed, _ key: FeedKey) {
        let others = (feeds[key] ?? []).filter { $0.key != feed.key }
        feeds[key] = Array(([feed] + others).sorted { $0.key > $1.key }.prefix(2))
    }

    /// Whether there is something current of each feed of the cluster that the slice has shown.
    func covers(_ cluster: String, at now: MonotonicClock.Instant) -> Bool {
        let keys = feeds.keys.filter { $0.cluster == cluster }
        return !keys.isEmpty && keys.allSatisfy { !current($0, at: now).isEmpty }
    }

    /// Whether the collector runs where the slice is served: a plan names those, too, that the configuration disables.
    func counts(_ share: ServedSlice.Share) -> Bool {
        collectors?[share.cluster]?.contains(share.collector) ?? true
    }

    /// Whether nothing of the cluster is missing.
    func isWhole(_ cluster: String, at now: MonotonicClock.Instant) -> Bool {
        covers(cluster, at: now) && !lacking.contains { $0.cluster == cluster }
    }

    func current(_ key: FeedKey, at now: MonotonicClock.Instant) -> [HeldFeed] {
        (feeds[key] ?? []).filter { now < $0.expires }
    }
}
