import Locks
import ServiceRuntime

extension Snapshots {
    /// What is shown of a cluster, for those that show it from now on.
    public func current(of cluster: String) async -> [FeedSnapshot] {
        await publisher.current().holdings.snapshots.filter { $0.cluster == cluster }
    }

    /// Shows what others showed, as far as it is of collectors that are expected here, until something newer comes.
    public func goOn(from snapshots: [FeedSnapshot]) async {
        for snapshot in snapshots {
            let expected = status.withLock { $0.collectors(of: snapshot.cluster) }
            let known = snapshot.with(snapshot.collectors.filter { expected.contains($0.collector) })
            guard !known.collectors.isEmpty else { continue }
            await publisher.publish(known)
            let age = known.taken.duration(to: clock.now)
            status.withLock { $0.inherit(known, at: wallClock.now + (.zero - age)) }
        }
    }
}
