import Collectors
import Configuration

extension PaceSettings {
    /// What stands under `collection`.
    @SchemaBuilder<PaceSettings> static var keys: SchemaPart<PaceSettings> {
        Section("intervals", "How often each collector runs, unless `collectors` says so itself.") {
            for name in Collector.Name.allCases {
                Setting(
                    name.rawValue, \.intervals[name], .interval, "As `collectors.\(name.rawValue).interval`.",
                    unset: "inherited")
            }
        }
        requests
        limits
        workers
    }

    @SchemaBuilder<PaceSettings> private static var requests: SchemaPart<PaceSettings> {
        Setting(
            "timeout", \.timeout, .duration(in: .milliseconds(1)...),
            "How long the collection of a feed may take, unless `collectors.X.timeout` says so.", unset: "inherited")
        Setting(
            "jitter", \.jitter, .duration,
            "How much later than its time a collection may start, so that many exporters don't start as one.")
        Setting(
            "retry_attempts", \.retryAttempts, .integer(in: 0...20),
            "How often a request is made again that failed in a way that may pass.")
        Setting("retry_delay", \.retryDelay, .duration, "The pause before the first of them.")
        Setting("retry_backoff", \.retryBackoff, .number(in: 1...10), "How many times longer each further pause is.")
    }

    @SchemaBuilder<PaceSettings> private static var limits: SchemaPart<PaceSettings> {
        Setting(
            "max_load", \.maximumLoad, .number(in: 0.01...1),
            "The share of the time in which Slurm may be busy for us: "
                + "0.25 makes an interval at least four times as long as the last answer took."
        )
        Setting(
            "staleness_factor", \.staleness.factor, .number(in: 1...1000),
            "Data older than this many times the larger of its interval and its last duration is not shown.")
        Setting(
            "backoff_on_throttle", \.backsOffOnThrottle, .boolean,
            "Whether intervals are stretched while this process is held back by its CPU limit.")
        Setting(
            "cpu_throttle_threshold", \.throttleThreshold, .number(in: 0.01...1),
            "From which share of throttled periods on that is so.")
    }

    @SchemaBuilder<PaceSettings> private static var workers: SchemaPart<PaceSettings> {
        Setting(
            "max_workers", \.maximumRequests, .integer(in: 1...64),
            "How many requests may be under way at a cluster; "
                + "those for jobs and nodes go one at a time whatever this says."
        )
        Ignored("queue_size", .integer(in: 0...), why: "a feed waits in its queue once at most")
        Ignored("batch_size", .integer(in: 0...), why: Unneeded.batches)
        Ignored("batch_timeout", .duration, why: Unneeded.batches)
    }
}

/// Why some keys have nothing to govern.
enum Unneeded {
    static let rate = "each cluster is asked one heavy question at a time, at intervals"
    static let batches = "each feed is one request, and its records are counted one by one"
    static let collection = "there is no garbage collector"
    static let pool = "answers stream through buffers of a fixed size"
    static let cache = "exactly the last answer of each feed is kept, as finished pages"
}
