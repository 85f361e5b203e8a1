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
    private let staleness: Staleness
    private let snapshots: Snapshots
    private let state: Locked<State>

    private struct State: Sendable {
        var name: String
        var release = ""
        var partitions: [String] = []
        var pace: RefreshPace
    }

    /// - Parameters:
    ///   - name: the `cluster` label; empty to take the name that Slurm gives itself.
    ///   - required: collectors that somebody asked for by name.
    ///   - pace: which families change less often than their feed.
    init(
        name: String, _ collectors: [Collector], required: Set<Collector.Name>, staleness: Staleness,
        pace: RefreshPace, snapshots: Snapshots
    ) {
        let feeds = Set(collectors.flatMap(\.feeds))
        folds = Dictionary(uniqueKeysWithValues: feeds.map { ($0, FeedFolds(of: $0, collectors)) })
        expected = collectors.map {
            ExpectedCollector($0.name.rawValue, feeds: $0.feeds, isRequired: required.contains($0.name))
        }
        self.staleness = staleness
        self.snapshots = snapshots
        state = Locked(State(name: name, pace: pace))
        snapshots.expect(expected, of: name)
    }

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
        let tables = folds.end(answer.symbols, at: answer.time)
        let name = await settle(name: answer.cluster)
        let shown = state.withLock { state in
            state.release = answer.release ?? state.release
            if feed == .partitions { state.partitions = folds.partitionNames }
            return tables.map { collector, tables in
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
            collectors: shown)
        await snapshots.publish(snapshot, took: answer.duration)
    }

    func fail(_ feed: Feed, _ sink: (any RecordSink)?, _ error: UpstreamError, after duration: Duration) {
        let name = state.withLock { $0.name }
        if error.kind == .absent {
            snapshots.missing(feed, of: name, error: error.label, took: duration)
        } else {
            snapshots.failed(feed, of: name, error: error.label, took: duration)
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
