import Collectors
import FleetProtocol
import Locks
import Metrics
import ServiceRuntime
import ShardSettings
import Slurm
import Snapshots

/// A slice that is counted here.
struct RunningSlice {
    let slice: Slice
    let collection: ClusterCollection
    let snapshots: Snapshots
    /// Reads its feeds from another shard; nil where the upstream is here.
    var reader: RemoteReader?
    /// Before, it counts nothing.
    let counters = CounterArrival()
    /// Of which feeds it is known what there is: only then is no less shown here than elsewhere.
    let heard = Locked<Set<Feed>>([])
    private let began = MonotonicClock.system.now

    init(_ slice: Slice, in group: SliceGroup, _ settings: ShardSettings, _ keeper: CounterKeeper) {
        self.slice = slice
        let enabled = settings.enabledCollectors.filter { slice.collectors.contains($0.rawValue) }
        snapshots = group.snapshots
        collection = ClusterCollection(
            name: slice.cluster, enabled.map { Collector($0, settings.collected) },
            required: settings.requiredCollectors, scope: Scope(slice.scope), staleness: settings.pace.staleness,
            pace: RefreshPace(settings), snapshots: group.snapshots, keeper: keeper.keeping(slice.id))
    }

    func report(at now: MonotonicClock.Instant, isFormer: Bool) -> SliceReport {
        let states = snapshots.states.filter { $0.cluster == slice.cluster }
        let isWaiting = snapshots.waitingFor.contains { $0.hasPrefix(slice.cluster + " ") }
        let age = states.compactMap(\.grantedAge).max()
        let isInformed = reader == nil || heard.withLock { $0.isSuperset(of: collection.feeds) }
        let isCounted = states.contains(where: \.hasAllGranted) || collection.feeds.isEmpty
        let isServing = isInformed && !isWaiting && isCounted
        return SliceReport(
            id: slice.id, state: isServing ? .serving : .warming, cost: cost(at: now),
            ageSeconds: age.map { $0 / .seconds(1) }, isFormer: isFormer)
    }

    /// Seconds a minute; nil before there was a minute.
    private func cost(at now: MonotonicClock.Instant) -> Double? {
        let elapsed = began.duration(to: now)
        return elapsed < .seconds(60) ? nil : collection.work / elapsed * 60
    }
}

extension Scope {
    init(_ scope: SliceScope) {
        switch scope {
        case .whole: self = .whole
        case .only(let patterns): self = .only(patterns.map { PartitionPattern($0) })
        case .allBut(let patterns): self = .allBut(patterns.map { PartitionPattern($0) })
        }
    }
}
