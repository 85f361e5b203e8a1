import Slurm

extension JobRecord {
    var holdsResources: Bool {
        let base = state.presumedBase
        return base == .running || base == .suspended
    }

    /// Whether its run has ended, for good or to be queued again. A job that is queued again shows its last run as long
    /// as its epilogs aren't done.
    var isOver: Bool { state.hasEnded || state.flags.contains(.completing) }

    /// When its run began; nil for a job that waits, or that was cancelled while it did.
    var runStart: Timestamp? {
        guard let start, start.seconds > 0, hasRun(since: start) else { return nil }
        return start
    }

    private func hasRun(since start: Timestamp) -> Bool {
        // A job cancelled before it started has its cancellation for its start.
        if isOver { return (allocated.cpus ?? 0) > 0 || !nodeList.isEmpty || end.map { $0 > start } ?? false }
        return holdsResources
    }

    /// From when it could have started to when it did.
    var waitSeconds: Int? {
        guard let start = runStart, let since = eligible ?? submitted else { return nil }
        return Int(max(0, start.since(since)))
    }

    /// How long it has run, suspension left out where Slurm says how long that was.
    func runSeconds(at now: Timestamp) -> Int? {
        guard let start = runStart else { return nil }
        guard let suspended, suspended.seconds > 0, let before = secondsBeforeSuspension else {
            return Int(max(0, lastSecond(now).since(start)))
        }
        if state.base == .suspended { return max(0, before) }
        return Int(max(0, lastSecond(now).since(suspended))) &+ max(0, before)
    }

    private func lastSecond(_ now: Timestamp) -> Timestamp {
        isOver ? end ?? now : now
    }
}
