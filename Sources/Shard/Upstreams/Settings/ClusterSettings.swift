public import Configuration

/// A cluster, and how it is asked.
public struct ClusterSettings: Equatable, Sendable {
    /// The `cluster` label; empty for what Slurm says it is.
    public var name = ""
    public var rest = RestSettings()
    public var queue = QueueSettings()
    public var breaker = BreakerSettings()
    /// Of the histogram of how long its answers take, in seconds; nil for none. The same for all clusters of a process,
    /// and looked at when the upstream is made.
    public var durationBounds: [Double]? = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60]

    public init() {}
}

/// Where slurmrestd is, and as whom it is asked.
public struct RestSettings: Equatable, Sendable {
    /// `http://host:port`, `https://host:port` or `unix:/path`; the next one after a failure.
    public var addresses: [String] = ["http://127.0.0.1:6820"]
    /// Such as `v0.0.44`; nil to find out.
    public var apiVersion: String?
    public var user: String?
    /// Revealed for each request, so that a file is read again when it changes.
    public var token: Secret?
    public var authentication = Authentication.headers
    public var connectTimeoutSeconds: Double = 10
    /// Of a whole answer: slurmrestd computes all of it before the first byte.
    public var requestTimeoutSeconds: Double = 60
    public var maximumAnswerBytes = 8 << 30
    public var certificateAuthorityFile: String?

    public init() {}

    public enum Authentication: String, CaseIterable, Sendable {
        /// `X-SLURM-USER-TOKEN` and `X-SLURM-USER-NAME`: every release knows them.
        case headers
        /// `Authorization: Bearer`, from 23.02 on.
        case bearer
    }
}

/// How hard an upstream may be worked.
public struct QueueSettings: Equatable, Sendable {
    /// The share of the time in which Slurm may be busy for us: 0.25 makes an interval at least four times as long as
    /// the last answer took.
    public var maximumLoad = 0.25
    /// How many requests may be under way at a time. Of the heavy ones it is one whatever this says.
    public var maximumRequests = 1
    /// How much later than its time a request may start, so that many exporters don't start as one.
    public var jitterSeconds: Double = 0
    /// How often a request that failed for a reason that may pass is sent again before its next time.
    public var retryAttempts = 3
    public var retryDelaySeconds: Double = 1
    public var retryBackoff = 2.0

    public init() {}
}

/// When an upstream that fails is left alone.
public struct BreakerSettings: Equatable, Sendable {
    public var isEnabled = true
    /// Failures in a row after which nothing is asked any more.
    public var failureThreshold = 5
    /// How long that lasts before one request tries again.
    public var resetTimeoutSeconds: Double = 30
    /// Successes in a row after which all is well again.
    public var successThreshold = 3

    public init() {}
}
