import Collectors
import Locks
import Metrics
import ServiceRuntime
import Slurm
import Snapshots

/// Turns the records of one cluster, or of a part of it, into snapshots.
final class ClusterCollection: Sendable {
    let feeds: Set<Feed>
    let scope: Scope
    private let folds: [Feed: FeedFolds]
    private let expected: [ExpectedCollector]
    private let staleness: Staleness
    private let snapshots: Snapshots
    private let state: Locked<State>

    private struct State: Sendable {
        var name: String
        var pace: RefreshPace
        /// Time spent on tables and pages.
        var work = Duration.zero
    }

    /// - Parameters:
    ///   - name: the `cluster` label; empty to take the name that Slurm gives itself.
    ///   - pace: which families change less often than their feed.
    init(
        name: String, _ collectors: [Collector], scope: Scope = .whole, staleness: Staleness, pace: RefreshPace,
        snapshots: Snapshots
    ) {
        feeds = Set(collectors.flatMap(\.feeds))
        self.scope = scope
        folds = Dictionary(uniqueKeysWithValues: feeds.map { ($0, FeedFolds(of: $0, collectors)) })
        expected = collectors.map { ExpectedCollector($0.name.rawValue, feeds: $0.feeds) }
        self.staleness = staleness
        self.snapshots = snapshots
        state = Locked(State(name: name, pace: pace))
        snapshots.expect(expected, of: name)
    }

    /// Time spent on making tables and pages so far.
    var work: Duration { state.withLock { $0.work } }

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
        let tables = folds.end(symbols, at: generation.time)
        let name = await settle(name: generation.cluster)
        let shown = state.withLock { state in
            tables.map { collector, tables in
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
            collectors: shown)
        await snapshots.publish(snapshot, took: generation.duration)
        state.withLock { $0.work += ContinuousClock.now - start }
    }

    /// - Parameter error: one of a few words.
    func fail(_ feed: Feed, error: String, after duration: Duration) {
        guard feeds.contains(feed) else { return }
        snapshots.failed(feed, of: state.withLock { $0.name }, error: error, took: duration)
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
