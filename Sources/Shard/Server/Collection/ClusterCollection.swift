import Collectors
import Locks
import Metrics
import ServiceRuntime
import ShardSettings
import Slurm
import SnapshotFormat
import Snapshots

/// Turns the records of one cluster, or of a part of it, into snapshots.
final class ClusterCollection: Sendable {
    let feeds: Set<Feed>
    let scope: Scope
    private let folds: [Feed: FeedFolds]
    private let expected: [ExpectedCollector]
    private let staleness: Staleness
    private let snapshots: Snapshots
    private let keeper: CounterKeeper
    /// As it is configured; empty where Slurm is to say it.
    private let givenName: String
    private let state: Locked<State>

    private struct State: Sendable {
        var name: String
        var pace: RefreshPace
        /// Time spent on tables and pages.
        var work = Duration.zero
        /// Whose counters were taken over, by feed, while it isn't known whose they should be.
        var doubtful: [Feed: String] = [:]
        /// What was shown last of labels with limits, where somebody else decides.
        var kept: [KeptValues]?
        /// The last generation that is in counters which were taken over.
        var restored: [Counters: UInt64] = [:]
    }

    private struct Counters: Hashable {
        let collector: String
        let feed: Feed

        init(_ counting: CountingState) {
            (collector, feed) = (counting.collector, counting.feed)
        }
    }

    /// - Parameters:
    ///   - name: the `cluster` label; empty to take the name that Slurm gives itself.
    ///   - required: collectors that somebody asked for by name.
    ///   - pace: which families change less often than their feed.
    init(
        name: String, _ collectors: [Collector], required: Set<Collector.Name>, scope: Scope = .whole,
        staleness: Staleness, pace: RefreshPace, snapshots: Snapshots, keeper: CounterKeeper
    ) {
        feeds = Set(collectors.flatMap(\.feeds))
        self.scope = scope
        folds = Dictionary(uniqueKeysWithValues: feeds.map { ($0, FeedFolds(of: $0, collectors)) })
        expected = collectors.map {
            ExpectedCollector($0.name.rawValue, feeds: $0.feeds, isRequired: required.contains($0.name))
        }
        self.staleness = staleness
        self.snapshots = snapshots
        self.keeper = keeper
        givenName = name
        state = Locked(State(name: name, pace: pace))
        snapshots.expect(expected, of: name)
        for feed in feeds { restore(feed) }
    }

    /// Goes on counting where this shard, or another, stopped.
    private func restore(_ feed: Feed) {
        for kept in keeper.load(feed, of: givenName) where restore(kept) {
            if givenName.isEmpty { state.withLock { $0.doubtful[feed] = kept.cluster } }
        }
    }

    /// Goes on counting where whoever had this to count before stopped, if that is further than is known here.
    ///
    /// Only before the first generation: nobody else may be at the folds.
    func goOn(from states: [CountingState]) {
        for one in states where one.cluster == givenName { _ = restore(one) }
    }

    private func restore(_ counting: CountingState) -> Bool {
        guard let collector = Collector.Name(rawValue: counting.collector),
            isNews(counting), folds[counting.feed]?.restore(counting.state, of: collector) == true
        else { return false }
        state.withLock { $0.restored[Counters(counting)] = counting.generation }
        return true
    }

    private func isNews(_ counting: CountingState) -> Bool {
        state.withLock { $0.restored[Counters(counting)] }.map { $0 < counting.generation } ?? true
    }

    /// Time spent on making tables and pages so far.
    var work: Duration { state.withLock { $0.work } }

    /// What was shown last of labels with limits, where somebody decides that for all slices.
    var kept: [KeptValues]? { state.withLock { $0.kept } }

    func endedJobsQuestion(expectedTime: Timestamp) -> EndedJobsQuestion? {
        folds[.accounting]?.ask(at: expectedTime)
    }

    var lacksEndedJobs: Bool { folds[.accounting]?.isBehind ?? false }

    /// - Returns: where the records of a generation go; nil where the feed isn't needed here.
    func begin(_ feed: Feed, _ context: FoldContext) -> FeedFolds? {
        guard let folds = folds[feed] else { return nil }
        var context = context
        context.scope = scope
        folds.begin(context)
        return folds
    }

    func end(_ feed: Feed, _ folds: FeedFolds, _ generation: Generation, _ symbols: borrowing Symbols) async {
        let start = ContinuousClock.now
        folds.end(symbols, at: generation.time)
        let name = await settle(name: generation.cluster)
        keep(feed, folds, generation.number, of: name)
        let shown = state.withLock { state in
            state.kept = generation.kept
            return folds.tables.map { collector, tables in
                CollectorTables(
                    collector: collector.rawValue,
                    tables: tables.map {
                        state.pace.paced($0, of: collector, at: generation.taken, step: generation.interval)
                    })
            }
        }
        let snapshot = FeedSnapshot(
            cluster: name, feed: feed, generation: generation.number, answered: generation.time,
            taken: generation.taken,
            lifetime: staleness.lifetime(interval: generation.interval, lastDuration: generation.duration),
            collectors: shown,
            states: Dictionary(uniqueKeysWithValues: folds.states.map { ($0.rawValue, $1) }), kept: generation.kept)
        await snapshots.publish(snapshot, took: generation.duration)
        state.withLock { $0.work += ContinuousClock.now - start }
    }

    /// What is counted is on the disk before it is shown: else it stays as it was, and is counted the next time.
    private func keep(_ feed: Feed, _ folds: FeedFolds, _ generation: UInt64, of name: String) {
        refuseForeign(feed, folds, name)
        let states = folds.states.map {
            CountingState(cluster: name, collector: $0.rawValue, feed: feed, generation: generation, state: $1)
        }
        if !keeper.keep(states, feed, of: givenName) { folds.retract() }
    }

    /// Where Slurm says what the cluster is called, counters may turn out to be another's.
    private func refuseForeign(_ feed: Feed, _ folds: FeedFolds, _ name: String) {
        guard !name.isEmpty, let other = state.withLock({ $0.doubtful.removeValue(forKey: feed) }), other != name,
            !other.isEmpty
        else { return }
        keeper.refuse(
            feed, of: givenName, CounterStore.Failure(kind: .foreign, description: "it counts \(feed) of \(other)"))
        folds.forget()
    }

    func fail(_ feed: Feed, _ failure: FeedFailure, after duration: Duration) {
        guard feeds.contains(feed) else { return }
        let name = state.withLock { $0.name }
        if failure.isAbsence {
            snapshots.missing(feed, of: name, error: failure.error, took: duration)
        } else {
            snapshots.failed(feed, of: name, error: failure.error, took: duration)
        }
    }

    /// The first answer that says what the cluster is called settles it, where the configuration doesn't.
    private func settle(name said: String?) async -> String {
        let (name, isNew) = state.withLock { state in
            guard state.name.isEmpty, let said, !said.isEmpty else { return (state.name, false) }
            state.name = said
            return (said, true)
        }
        if isNew {
            await snapshots.forget("")
            snapshots.expect(expected, of: name)
        }
        return name
    }
}
