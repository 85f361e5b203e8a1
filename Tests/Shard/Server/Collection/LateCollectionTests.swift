import Collectors
import Metrics
import ServiceRuntime
import ShardSettings
import Slurm
import Snapshots
import TestSupport
import Testing

@testable import Upstreams
@testable import slurm_shard

/// Who comes later than an answer, and would wait long for the next, is given what is kept of it for others.
struct LateCollectionTests {
    private let snapshots: Snapshots
    private let collection: ClusterCollection

    init() {
        let settings = ShardSettings()
        snapshots = Snapshots(SnapshotSettings(settings), registry: MetricRegistry())
        collection = ClusterCollection(
            name: "alpha", [Collector(.qos, settings.collected)], required: [], staleness: settings.pace.staleness,
            pace: RefreshPace(settings), snapshots: snapshots,
            keeper: CounterKeeper(nil, registry: MetricRegistry(), logger: CollectedLog().log().logger("counters")))
    }

    private func answer(_ hub: ClusterHub) async {
        for feed in collection.feeds {
            let sink = hub.begin(feed, expectedTime: Timestamp(100))
            let now = MonotonicClock.system.now
            await hub.end(
                feed, sink,
                Answered(
                    feed: feed, generation: 1, time: Timestamp(100), taken: now, duration: .milliseconds(5),
                    interval: .seconds(600), bytes: 1, records: 0, version: nil, release: nil, cluster: nil,
                    warnings: [], symbols: Symbols()))
        }
    }

    @Test func whatIsKeptForOthersServesWhoComesLater() async {
        let hub = ClusterHub(name: "alpha")
        hub.serve([], remoteFeeds: collection.feeds, base: 7 << 32)
        await answer(hub)
        #expect(!snapshots.waitingFor.isEmpty)
        #expect(await hub.giveKept(to: collection).isEmpty)
        #expect(snapshots.waitingFor.isEmpty)
        let states = snapshots.states
        #expect(!states.isEmpty && states.allSatisfy { $0.age != nil })
    }

    @Test func whereNothingIsKeptTheNextAnswerIsWaitedFor() async {
        let hub = ClusterHub(name: "alpha")
        hub.serve([], remoteFeeds: [], base: 0)
        await answer(hub)
        #expect(await hub.giveKept(to: collection) == collection.feeds)
        #expect(!snapshots.waitingFor.isEmpty)
        hub.serve([collection], remoteFeeds: [], base: 0)
        await answer(hub)
        #expect(snapshots.waitingFor.isEmpty)
    }
}
