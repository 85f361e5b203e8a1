import Metrics
import Slurm

/// How good the counting of ended jobs is.
struct CountingFacts: Sendable {
    var answered = Timestamp(0)
    /// Nil where there is nothing to wait for.
    var settled: Timestamp?
    var gaps = 0
    var gapSeconds = 0

    static func figures(_ feed: Feed) -> [Figure<CountingFacts>] {
        let moments = FamilyGroup(merge: .max, feed: feed)
        let counts = FamilyGroup(merge: .sum, feed: feed)
        return [
            Figure(
                moment: moments.gauge(
                    "slurm_accounting_last_refresh_timestamp_seconds", "When ended jobs were last looked for.",
                    unit: "seconds")
            ) { $0.answered },
            Figure(
                moment: moments.gauge(
                    "slurm_accounting_watermark_timestamp_seconds",
                    "Up to when the jobs that ended are counted for good; of those that ended later some may still be"
                        + " missing. It follows the time at the distance of `overlap`; while it lags behind that, there is"
                        + " something to catch up with. Only with a database.",
                    unit: "seconds")
            ) { $0.settled },
            Figure(
                whole: counts.counter(
                    "slurm_accounting_gaps_total",
                    "How often ended jobs may have been missed, since the job list wasn't seen for longer than MinJobAge."
                        + " With a database it stays 0, since what was missed is asked for later.", level: .critical)
            ) { $0.gaps },
            Figure(
                whole: counts.counter(
                    "slurm_accounting_gap_seconds_total", "The length of all gaps, each less MinJobAge.",
                    unit: "seconds")
            ) { $0.gapSeconds },
        ]
    }
}
