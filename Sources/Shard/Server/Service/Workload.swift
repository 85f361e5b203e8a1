import ShardSettings
import Snapshots
import Upstreams

/// What a process that collects is at work with, whoever says what that is.
protocol Workload: Sendable {
    /// What is shown, by slice.
    var shown: [Snapshots] { get }

    /// Other exporters' metrics.
    var otherPages: CompatibilityPages { get }

    var upstreams: [Upstream] { get }

    /// The share of throttled periods from which on Slurm is asked less often; nil where throttling is to change nothing.
    var throttleThreshold: Double? { get }
}

extension PaceSettings {
    var throttlingThreshold: Double? { backsOffOnThrottle ? throttleThreshold : nil }
}
