import Locks
public import Metrics
import ServiceRuntime

extension Snapshots {
    /// What an exporter tells of its own collecting and publishing.
    public static var ownFamilies: [MetricFamily] { SelfFamilies.all(OwnFigures()) }

    func register(in registry: MetricRegistry) {
        registerCollection(in: registry)
        // Before the content, which then has what the level said here has cost.
        registerMemory(in: registry)
        registerContent(in: registry)
        registerScrapes(in: registry)
    }

    private func registerCollection(in registry: MetricRegistry) {
        let durations = settings.own.collectionDurationBounds.map(SelfFamilies.collectionDurations) ?? []
        let errorLabels = settings.own.collectionErrors
        registry.fill(SelfFamilies.ofCollections(settings.own)) { [weak self] tables in
            guard let self else { return }
            let (status, now) = (status.withLock { $0 }, clock.now)
            for state in status.states(at: now) { tables.set(state) }
            for (cluster, one) in status.clusters {
                tables.set(SelfFamilies.up, cluster, to: one.feeds.values.allSatisfy { $0.isUp == true || $0.isAbsent })
                for (feed, state) in one.feeds {
                    guard let taken = state.taken else { continue }
                    tables.set(SelfFamilies.feedAge, cluster, feed.rawValue, to: taken.duration(to: now) / .seconds(1))
                }
                for (name, collector) in one.collectors {
                    tables.set(collector, cluster, name)
                    for family in durations { tables.setCells(family, cluster, name, to: collector.durations.cells) }
                    if let errorLabels { tables.add(collector.errors, errorLabels, cluster, name) }
                }
            }
        }
    }

    private func registerContent(in registry: MetricRegistry) {
        registry.fill(SelfFamilies.ofContent) { [weak self] tables in
            guard let self else { return }
            tables.set(published.withLock { $0.holdings })
            if let limit = settings.maximumSeries { tables.set(SelfFamilies.cardinalityLimit, to: Double(limit)) }
        }
    }

    private func registerScrapes(in registry: MetricRegistry) {
        let own = settings.own
        registry.fill(SelfFamilies.ofScrapes(own)) { [weak self] tables in
            guard let self else { return }
            let scrapes = scrapes.withLock { $0 }
            tables.set(scrapes)
            if own.showsCacheHitRatio { tables.setHitRatio(scrapes) }
            if own.scrapeDurationBounds != nil { tables.setParts(scrapes.durations) }
            tables.set(SelfFamilies.cacheSize, to: Double(published.withLock { $0.page }.byteCount))
        }
    }

    private func registerMemory(in registry: MetricRegistry) {
        let own = settings.own
        registry.fill(SelfFamilies.ofMemory(own)) { [weak self] tables in
            guard let self else { return }
            if own.showsMemoryUsage, let used = publisher.memory()?.used {
                tables.set(SelfFamilies.memoryUsage, to: Double(used))
            }
            tables.set(SelfFamilies.memoryGuard, to: Double(memoryLevel.rawValue))
        }
    }
}

extension TableFiller {
    fileprivate mutating func set(_ state: CollectorState) {
        set(SelfFamilies.collectorUp, state.cluster, state.collector, to: state.isUp)
        set(SelfFamilies.collectorStale, state.cluster, state.collector, to: state.isStale)
        if let age = state.age { set(SelfFamilies.dataAge, state.cluster, state.collector, to: age / .seconds(1)) }
        guard let time = state.lastSuccess?.seconds else { return }
        set(SelfFamilies.lastCollection, state.cluster, state.collector, to: time)
        set(SelfFamilies.lastCollectionSeconds, state.cluster, state.collector, to: time)
    }

    fileprivate mutating func set(_ status: CollectionStatus.CollectorStatus, _ cluster: String, _ collector: String) {
        set(SelfFamilies.collections, cluster, collector, to: Double(status.attempts))
        set(SelfFamilies.collectErrors, cluster, collector, to: Double(status.errors.values.reduce(0, +)))
    }

    fileprivate mutating func add(
        _ errors: [String: Int], _ labels: OwnFigures.ErrorLabels, _ cluster: String, _ collector: String
    ) {
        let family = SelfFamilies.collectionErrors(labels)
        for (type, count) in errors {
            let values = [cluster] + (labels.tellsCollector ? [collector] : []) + (labels.tellsType ? [type] : [])
            add(family, values, Double(count))
        }
    }

    fileprivate mutating func set(_ holdings: Holdings) {
        var totals = Dictionary(uniqueKeysWithValues: holdings.clusters.map { ($0, 0) })
        for family in holdings.families() where family.dropped == nil {
            let series = family.table.sampleCount
            totals[family.cluster, default: 0] += series
            set(SelfFamilies.seriesCount, family.cluster, family.table.family.name.text, to: Double(series))
        }
        for (cluster, total) in totals { set(SelfFamilies.cardinality, cluster, to: Double(total)) }
        for (drop, count) in holdings.drops {
            set(SelfFamilies.seriesDropped, drop.family.text, drop.reason.rawValue, to: Double(count))
        }
        for (cluster, counts) in holdings.labelCounts {
            for (label, count) in counts {
                set(SelfFamilies.labelValues, cluster, label.text, to: Double(count.shown))
                set(SelfFamilies.labelValuesMerged, cluster, label.text, to: Double(count.merged))
                set(SelfFamilies.labelValuesRenamed, cluster, label.text, to: Double(count.renamed))
            }
        }
    }

    fileprivate mutating func set(_ scrapes: ScrapeStatistics) {
        set(SelfFamilies.cacheHits, to: Double(scrapes.hits))
        set(SelfFamilies.cacheMisses, to: Double(scrapes.misses))
        if let last = scrapes.lastSeconds { set(SelfFamilies.scrapeDuration, to: last) }
    }

    fileprivate mutating func setHitRatio(_ scrapes: ScrapeStatistics) {
        let count = scrapes.hits + scrapes.misses
        if count > 0 { set(SelfFamilies.cacheHitRatio, to: Double(scrapes.hits) / Double(count)) }
    }

    fileprivate mutating func setParts(_ durations: Distribution) {
        var total = 0.0
        for (bound, inBucket) in zip(durations.bounds.map(\.bucketText) + ["+Inf"], durations.cells) {
            total += inBucket
            set(SelfFamilies.scrapeDurationParts[0], bound, to: total)
        }
        set(SelfFamilies.scrapeDurationParts[1], to: durations.sum)
        set(SelfFamilies.scrapeDurationParts[2], to: durations.count)
    }
}

extension Double {
    /// Whole bounds without a point, as in text 0.0.4.
    fileprivate var bucketText: String { self == rounded() ? String(Int(self)) : String(self) }
}
