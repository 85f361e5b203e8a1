import Slurm

extension EndedJobsQuestion {
    /// With its question mark.
    ///
    /// Times are as they were, not cut to what is asked for, and each run of a job is there. That is so without saying it
    /// up to v0.0.38, which knows no words for it, and takes steps left out for the wish to have both otherwise: so there
    /// steps are always sent. Later versions have to be told, as soon as they are told anything.
    func query(_ version: APIVersion) -> String {
        var parameters = ["start_time=\(from.seconds)", "end_time=\(to.seconds)", "state=\(Self.states)"]
        if version >= APIVersion(39) {
            parameters += ["show_duplicates=true", "disable_truncate_usage_time=true"]
            if !includesSteps { parameters.append("skip_steps=true") }
        }
        return "?" + parameters.joined(separator: "&")
    }

    /// Those that a run ends in: for good, to be queued again, or to go on with other nodes.
    private static let states = [
        "COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "PREEMPTED", "DEADLINE", "NODE_FAIL", "BOOT_FAIL",
        "OUT_OF_MEMORY", "REQUEUED", "RESIZING", "REVOKED",
    ].joined(separator: ",")
}
