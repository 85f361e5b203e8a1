import Collectors
import Locks
import Metrics
import ServiceRuntime
import Slurm
import Snapshots
import Upstreams

/// Turns what one cluster's upstream reads into snapshots.
final class ClusterCollection: GenerationConsumer {
    private let folds: [Feed: FeedFolds]
    private let expected: [ExpectedCollector]
    private let staleness: Double
    private let snapshots: Snapshots
    private let state: Locked<State>

    private struct State: Sendable {
        var name: String
        var partitions: [String] = []
    }

    /// - Parameters:
    ///   - name: the `cluster` label; empty to take the name that Slurm gives itself.
    ///   - staleness: for how many intervals, or durations if those are longer, a snapshot is shown.
    init(name: String, _ collectors: [Collector], staleness: Double, snapshots: Snapshots) {
        folds = Dictionary(
            uniqueKeysWithValues: collectors.feeds.map { ($0, FeedFolds(of: $0, collectors)) })
        expected = collectors.map { ExpectedCollector($0.name.rawValue, feeds: $0.feeds) }
        self.staleness = staleness
        self.snapshots = snapshots
        state = Locked(State(name: name))
        snapshots.expect(expected, of: name)
    }

    func begin(_ feed: Feed, expectedTime: Timestamp) -> any RecordSink {
        guard let folds = folds[feed] else { preconditionFailure("no collector wants \(feed)") }
        folds.begin(FoldContext(expectedTime: expectedTime, partitions: state.withLock { $0.partitions }))
        return folds
    }

    func end(_ feed: Feed, _ sink: any RecordSink, _ answer: Answered) async {
        guard let folds = sink as? FeedFolds else { preconditionFailure("a sink that isn't ours") }
        let tables = folds.end(answer.symbols, at: answer.time)
        if feed == .partitions { state.withLock { $0.partitions = folds.partitionNames } }
        let snapshot = FeedSnapshot(
            cluster: name(saidBy: answer), feed: feed, generation: answer.generation, answered: answer.time,
            taken: answer.taken, lifetime: max(answer.interval, answer.duration) * staleness,
            collectors: tables.map { CollectorTables(collector: $0.collector.rawValue, tables: $0.tables) })
        await snapshots.publish(snapshot, took: answer.duration)
    }

    func fail(_ feed: Feed, _ sink: (any RecordSink)?, _ error: UpstreamError) {
        snapshots.failed(feed, of: state.withLock { $0.name }, error: error.label)
    }

    /// The first answer that says what the cluster is called settles it, where the configuration doesn't.
    private func name(saidBy answer: Answered) -> String {
        let (name, isNew) = state.withLock { state in
            guard state.name.isEmpty, let said = answer.clusterName, !said.isEmpty else { return (state.name, false) }
            state.name = said
            return (said, true)
        }
        if isNew { snapshots.rename("", to: name, expecting: expected) }
        return name
    }
}
