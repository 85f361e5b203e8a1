import Configuration
import ShardSettings

/// The page that documents every configuration key.
enum ShardReference {
    static var page: String {
        ShardSettings.schema.referencePage(
            title: "Configuration of slurm-shard",
            introduction: introduction)
    }

    private static let introduction = """
        A YAML file given with `--config`. Environment variables come over it, and flags over those. `slurm-shard check`
        prints what holds and where it comes from, and the intervals that follow from it. This page is printed by
        `slurm-shard reference`.

        An unknown key is an error, and so is a value that is none. A key that has no effect here, because there is nothing
        that it could govern, is a warning. A key that is refused is an error, because obeying it would be wrong.

        ## How often Slurm is asked

        Slurm is asked at intervals, never by a scrape: however many scrapers there are, a scrape only reads what the last
        collection left. One cluster is asked one heavy question at a time.

        - Each kind of answer (jobs, nodes, partitions, the scheduler's figures, the controllers) is asked for at the interval
          of the collector `jobs`, `nodes`, `partitions`, `scheduler` and `cluster`: `collectors.X.interval`, else
          `collection.intervals.X`, else the default. That holds also where that collector is off and others need the answer.
        - No answer is asked for more often than those that need it run: with `users` alone, at 300s, jobs are asked for every
          300s.
        - All other collectors take what is there. The intervals of `users` and `accounts` and those of `metrics.levels` can
          make them slower than the answers come, not faster.
        - `collection.max_load` comes over all of these: at 0.25, an answer that took 30s is asked for again after 2m at the
          earliest. `collection.backoff_on_throttle` stretches intervals while this process lacks processor time.
        - After a request that took too long there is a pause at least as long, since slurmrestd goes on working for a client
          that has left. After `slurm.circuit_breaker.failure_threshold` failures nothing is asked until `reset_timeout`.

        An answer may take `collectors.X.timeout`; else the shorter of `slurm.request_timeout` and `collection.timeout`; else 1m.
        Data is shown for `collection.staleness_factor` times the larger of its interval and its last duration, and for at least
        `processing.cache.ttl`. After that it is absent, not old.

        ## Which collectors run

        All of them, but for those with `enabled: false`, and for those that `metrics.aggregation.levels` leaves out. With a
        `metrics.prefix` of its own an exporter is one part of a split by category. As soon as such a part has a collector with
        `enabled: true`, those that are not named are off: they are other parts' work, and have no place under this prefix.
        Names that would clash under a prefix are an error.

        ## Ended jobs

        Each run of a job that ended counts once, known by its id and when it was submitted and started. With
        `collectors.accounting.source: slurmdbd` the accounting database is asked each time for what ended since `overlap`
        before now; what was counted already is known again. A job counts if the database has it within `overlap` of its
        end, or of the end of an outage. What an outage left is asked for in pieces of `max_window`, one after the other as
        `max_load` allows. At the very first start jobs count that ended up to `lookback` before it. What "now" is Slurm's
        controller says; while it can't be asked, this host's clock does.

        With `runtime.state_dir` counting goes on where the last process stopped: what is counted is on the disk before it
        is shown, so that a process that is killed at any moment neither loses nor doubles a job. Where the file can't be
        written, counters stand still and `slurm_exporter_state_write_errors_total` grows; what was missed is counted
        later. A file that is damaged or another cluster's is given another name, which the log and
        `slurm_exporter_state_set_aside_total` tell, and counting begins anew.

        CPU time and memory that were used are known of steps only: without `include_steps` there is no efficiency and no
        waste. Up to API version 0.0.38 steps are always sent, and up to 0.0.39 runs that ended to be queued again don't
        count.

        With `source: jobs`, for clusters without a database, ended jobs are found in the list of jobs, where they stay for
        MinJobAge: counting is exact as long as jobs are asked for more often than that, also over a restart with
        `runtime.state_dir`. `slurm_accounting_gaps_total` says when they weren't. What was used isn't known, and a run that
        ended to be queued again doesn't count.

        The mean efficiency of a partition's jobs, their 95th percentile, and the share of CPU hours that was used are

            sum by (cluster, partition) (rate(slurm_job_cpu_efficiency_ratio_sum[1h]))
              / sum by (cluster, partition) (rate(slurm_job_cpu_efficiency_ratio_count[1h]))
            histogram_quantile(0.95, sum by (cluster, le) (rate(slurm_job_cpu_efficiency_ratio_bucket[1h])))
            1 - sum by (cluster) (rate(slurm_job_waste_cpu_hours[1h])) / sum by (cluster) (rate(slurm_job_cpu_hours_total[1h]))

        ## What a reload takes over

        SIGHUP, or POST to `/-/reload`, reads the file again. A file with an error leaves the settings in force as they are.
        Changes of `log`, `slurm`, `clusters`, `collection` and the intervals and timeouts of `collectors` take effect at once, as
        long as there are as many clusters as before with the same names; the log names the others, which take effect at the
        next start.

        """
}
