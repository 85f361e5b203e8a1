import Metrics
import ServiceRuntime
import SnapshotFormat

/// Keeps a process's counters, says what becomes of that, and counts it.
struct CounterKeeper: Sendable {
    private var store: CounterStore?
    private let logger: Logger
    private let writes: Counter
    private let writeErrors: Counter
    private let setAside: [CounterStore.Failure.Kind: Counter]

    private static let writesFamily = MetricFamily(
        "slurm_exporter_state_writes_total", .counter,
        help: "How often counters were written to `runtime.state_dir`.", merge: .union)
    private static let writeErrorsFamily = MetricFamily(
        "slurm_exporter_state_write_errors_total", .counter,
        help: "How often that failed: counters then stand still, and what they missed is counted later.",
        merge: .union)
    private static let setAsideFamily = MetricFamily(
        "slurm_exporter_state_set_aside_total", .counter,
        help: "Files in `runtime.state_dir` that couldn't be used and were given another name; counting began anew.",
        labels: ["reason"], merge: .union)

    /// - Parameter directory: nil to keep nothing.
    init(_ directory: String?, registry: MetricRegistry, logger: Logger) {
        store = directory.map { CounterStore(directory: $0) }
        self.logger = logger
        writes = registry.counter(Self.writesFamily)
        writeErrors = registry.counter(Self.writeErrorsFamily)
        setAside = Dictionary(
            uniqueKeysWithValues: CounterStore.Failure.Kind.allCases.map {
                ($0, registry.counter(Self.setAsideFamily, $0.rawValue))
            })
    }

    /// The same for one of several slices.
    func keeping(_ slice: String) -> CounterKeeper {
        var keeper = self
        keeper.store?.slice = slice
        return keeper
    }

    /// What was kept; nothing where it can't be used, which is said.
    func load(_ feed: Feed, of cluster: String) -> [CountingState] {
        do throws(CounterStore.Failure) { return try store?.load(feed, of: cluster) ?? [] } catch {
            refuse(feed, of: cluster, error)
            return []
        }
    }

    /// What was kept is none of ours after all.
    func refuse(_ feed: Feed, of cluster: String, _ failure: CounterStore.Failure) {
        setAside[failure.kind]?.increment()
        let logger = logger.with(["feed": .string(feed.rawValue), "error": .string(failure.description)])
        do throws(CounterStore.Failure) {
            guard let name = try store?.setAside(feed, of: cluster, failure.kind) else { return }
            logger.error("counters can't be used, counting begins anew", ["file": .string(name)])
        } catch {
            logger.error("counters can't be used", ["reason": .string(error.description)])
        }
    }

    /// - Returns: whether what is counted may be shown.
    func keep(_ states: [CountingState], _ feed: Feed, of cluster: String) -> Bool {
        guard let store, !states.isEmpty else { return true }
        do throws(CounterStore.Failure) {
            try store.save(states, feed, of: cluster)
            writes.increment()
            return true
        } catch {
            writeErrors.increment()
            logger.error("counters can't be kept, so they stand still", ["error": .string(error.description)])
            return false
        }
    }
}
