extension Cluster {
    /// Ended jobs that the database has by now and has not forgotten, the oldest end first.
    ///
    /// A requeued job is in it once for each run. Jobs that still run are not: their records follow from `jobs`.
    public var accountedJobs: some Sequence<EndedJob> {
        let step = UInt32(step)
        let oldest = now - parameters.endedAge
        return ended.lazy.filter { $0.arrives <= step && $0.ended >= oldest }
    }
}
