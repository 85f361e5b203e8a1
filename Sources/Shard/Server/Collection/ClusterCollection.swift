import Collectors
import Locks
import Metrics
import ServiceRuntime
import Slurm
import SnapshotFormat
import Snapshots
import Upstreams

/// Turns what one cluster's upstream reads into snapshots.
final class ClusterCollection: GenerationConsumer {
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
        var release = ""
        var partitions: [String] = []
        var pace: RefreshPace
        /// Whose counters were taken over, by feed, while it isn't known whose they should be.
        var doubtful: [Feed: String] = [:]
    }

    /// - Parameters:
    ///   - name: the `cluster` label; empty to take the name that Slurm gives itself.
    ///   - pace: which families change less often than their feed.
    init(
        name: String, _ collectors: [Collector], staleness: Staleness, pace: RefreshPace, snapshots: Snapshots,
        keeper: CounterKeeper
    ) {
        let feeds = Set(collectors.flatMap(\.feeds))
        folds = Dictionary(uniqueKeysWithValues: feeds.map { ($0, FeedFolds(of: $0, collectors)) })
        expected = collectors.map { ExpectedCollector($0.name.rawValue, feeds: $0.feeds) }
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
        for kept in keeper.load(feed, of: givenName) {
            guard let collector = Collector.Name(rawValue: kept.collector),
                folds[feed]?.restore(kept.state, of: collector) == true
            else { continue }
            if givenName.isEmpty { state.withLock { $0.doubtful[feed] = kept.cluster } }
        }
    }

    func endedJobsQuestion(expectedTime: Timestamp) -> EndedJobsQuestion? {
        folds[.accounting]?.ask(at: expectedTime)
    }

    var lacksEndedJobs: Bool { folds[.accounting]?.isBehind ?? false }

    func begin(_ feed: Feed, expectedTime: Timestamp) -> any RecordSink {
        guard let folds = folds[feed] else { preconditionFailure("no collector wants \(feed)") }
        let context = state.withLock { state in
            FoldContext(
                expectedTime: expectedTime, partitions: state.partitions, clusterName: state.name,
                release: state.release)
        }
        folds.begin(context)
        return folds
    }

    func end(_ feed: Feed, _ sink: any RecordSink, _ answer: Answered) async {
        guard let folds = sink as? FeedFolds else { preconditionFailure("a sink that is not ours") }
        folds.end(answer.symbols, at: answer.time)
        let name = await settle(name: answer.cluster)
        keep(feed, folds, of: name)
        let shown = state.withLock { state in
            state.release = answer.release ?? state.release
            if feed == .partitions { state.partitions = folds.partitionNames }
            return folds.tables.map { collector, tables in
                CollectorTables(
                    collector: collector.rawValue,
                    tables: tables.map {
                        state.pace.paced($0, of: collector, at: answer.taken, step: answer.interval)
                    })
            }
        }
        let snapshot = FeedSnapshot(
            cluster: name, feed: feed, generation: answer.generation, answered: answer.time, taken: answer.taken,
            lifetime: staleness.lifetime(interval: answer.interval, lastDuration: answer.duration),
            collectors: shown,
            states: Dictionary(uniqueKeysWithValues: folds.states.map { ($0.rawValue, $1) }))
        await snapshots.publish(snapshot, took: answer.duration)
    }

    /// What is counted is on the disk before it is shown: else it stays as it was, and is counted the next time.
    private func keep(_ feed: Feed, _ folds: FeedFolds, of name: String) {
        refuseForeign(feed, folds, name)
        let states = folds.states.map { CountingState(cluster: name, collector: $0.rawValue, feed: feed, state: $1) }
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

    func fail(_ feed: Feed, _ sink: (any RecordSink)?, _ error: UpstreamError, after duration: Duration) {
        snapshots.failed(feed, of: state.withLock { $0.name }, error: error.label, took: duration)
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
