import Locks
import Metrics
import ServiceRuntime

/// Makes pages, one change after the other; those who read them never wait for it.
actor Publisher {
    private let settings: SnapshotSettings
    private let clock: MonotonicClock
    nonisolated let memory: @Sendable () -> MemoryReading?
    private let published: Locked<Publication>
    private var holdings: Holdings
    private var memoryGuard = MemoryGuard()

    init(
        _ settings: SnapshotSettings, clock: MonotonicClock, memory: @escaping @Sendable () -> MemoryReading?,
        published: Locked<Publication>
    ) {
        self.settings = settings
        self.clock = clock
        self.memory = memory
        self.published = published
        holdings = Holdings(
            labelLimits: settings.labelLimits, maximumSeries: settings.maximumSeries, levels: settings.levels,
            namesClusters: settings.namesClusters)
    }

    func publish(_ snapshot: FeedSnapshot) {
        let changed = observeMemory().union(holdings.take(snapshot))
        publish(changed.union(holdings.expire(at: clock.now)))
    }

    func forget(_ cluster: String) {
        publish(holdings.forget(cluster))
    }

    func checkMemory() {
        publish(observeMemory())
    }

    /// What is current, ready in this form.
    func page(in form: PageForm) -> Page {
        publish(holdings.expire(at: clock.now))
        var page = published.withLock { $0.page }
        guard !page.isReady(in: form) else { return page }
        for index in page.sections.indices { page.sections[index].render(form, prefix: settings.prefix) }
        published.withLock { $0.page = page }
        return page
    }

    /// What is current, without any bytes.
    func current() -> Publication {
        publish(holdings.expire(at: clock.now))
        return published.withLock { $0 }
    }

    private func observeMemory() -> Set<Holdings.Section> {
        guard let reading = memory(), let limit = reading.limit else { return [] }
        memoryGuard.observe(used: reading.used, limit: limit, at: clock.now)
        return holdings.setLevel(memoryGuard.level)
    }

    private func publish(_ changed: Set<Holdings.Section>) {
        guard !changed.isEmpty else { return published.withLock { $0.holdings = holdings } }
        let now = clock.now
        let (old, forms) = published.withLock { ($0.page, $0.demand.forms(at: now)) }
        let known = Dictionary(uniqueKeysWithValues: old.sections.map { ($0.section, $0) })
        var page = Page(number: old.number + 1, expires: holdings.expires, clusters: holdings.clusters)
        page.sections = holdings.sections.map { section in
            let kept = changed.contains(section) ? nil : known[section]
            let made = kept ?? PageSection(section, holdings.families(in: section))
            return made.ready(in: forms, prefix: settings.prefix)
        }
        published.withLock {
            $0.page = page
            $0.holdings = holdings
        }
    }
}

/// What the publisher shares with those who answer.
struct Publication: Sendable {
    var page = Page()
    var holdings = Holdings()
    var demand = PageDemand()
}
