import Collectors
import Configuration
import Metrics

extension ShardSettings {
    @SchemaBuilder<ShardSettings> static var accountingKeys: SchemaPart<ShardSettings> {
        Setting(
            "source", \.selection.accounting.source, .enumeration("source"),
            "Where ended jobs are looked for: `slurmdbd` is the accounting database; `jobs` is the list of jobs, which is"
                + " right as long as it is asked for more often than MinJobAge, and says nothing of what was used.")
        Setting(
            "overlap", \.selection.accounting.overlapSeconds, .wholeSeconds,
            "How long after its end a job may come into the database and still count: as much of the past is asked for"
                + " each time.")
        Setting(
            "max_window", \.selection.accounting.pieceSeconds, .wholeSeconds,
            "How much beyond the overlap is asked for at once: after an outage what is missing comes in pieces.")
        Setting(
            "lookback", \.selection.accounting.lookbackSeconds, .wholeSeconds,
            "From how long before the very first start ended jobs count.")
        Setting(
            "include_steps", \.selection.accounting.includesSteps, .boolean,
            "Whether the database is asked for steps. An answer is several times as large with them, and only they say"
                + " what CPU time and memory was used: without them there is no efficiency and no waste.")
        Setting(
            "min_job_age", \.selection.accounting.minimumJobAgeSeconds, .wholeSeconds,
            "Slurm's MinJobAge, for which ended jobs stay in the list of jobs; where that is the source.")
    }

    /// Why ended jobs would be missed all the time.
    var passingJobsComplaint: String? {
        let accounting = selection.accounting
        guard accounting.source == .jobs, enabledCollectors.contains(.accounting),
            let jobs = clusters.flatMap({ schedule(of: $0) }).first(where: { $0.feed == .jobs }),
            jobs.interval > .seconds(accounting.minimumJobAgeSeconds)
        else { return nil }
        return "is jobs, and those are asked for every \(jobs.interval.asWritten), but ended ones are listed for"
            + " \(Duration.seconds(accounting.minimumJobAgeSeconds).asWritten) only: make"
            + " collectors.accounting.interval or collectors.jobs.interval shorter"
    }
}
