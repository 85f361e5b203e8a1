import Configuration

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

        ## What a reload takes over

        SIGHUP, or POST to `/-/reload`, reads the file again. A file with an error leaves the settings in force as they are.
        Changes of `log`, `slurm`, `clusters`, `collection` and the intervals and timeouts of `collectors` take effect at once, as
        long as there are as many clusters as before with the same names; the log names the others, which take effect at the
        next start.

        """
}
