import Slurm

extension EndedJobsQuestion {
    /// With its question mark.
    ///
    /// Times are as they were, not cut to what is asked for, and each run of a job is there. That is so without saying it
    /// up to v0.0.38, which knows no words for it, and takes steps left out for the wish to have both otherwise: so there
    /// steps are always sent. Later versions have to be told, as soon as they are told anything.
    ///
    /// Asked for states that jobs end in, slurmdbd shows those whose end lies between the times, and neither the thousands
    /// that wait and run, nor misses those that were cancelled before they could have started.
    func query(_ version: APIVersion) -> String {
        let isModern = version >= APIVersion(40)
        // Slurm 22.05 takes `uts` for a Unix time and no bare number, and refuses a bare comma.
        let times = [from, to].map { isModern ? "\($0.seconds)" : "uts\($0.seconds)" }
        let states = Self.endings + (isModern ? Self.continuations : [])
        var parameters = ["start_time=\(times[0])", "end_time=\(times[1])", "state=\(states.joined(separator: "%2C"))"]
        if version >= APIVersion(39) {
            parameters += ["show_duplicates=true", "disable_truncate_usage_time=true"]
            if !includesSteps { parameters.append("skip_steps=true") }
        }
        return "?" + parameters.joined(separator: "&")
    }

    static let endings = [
        "COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "PREEMPTED", "DEADLINE", "NODE_FAIL", "BOOT_FAIL",
        "OUT_OF_MEMORY",
    ]

    /// Runs that end for the job to run again, or to go on with other nodes. Up to v0.0.39 slurmrestd takes these words
    /// for all jobs there are, or for no list at all; sacct takes them everywhere.
    static let continuations = ["REQUEUED", "RESIZING", "REVOKED"]
}
