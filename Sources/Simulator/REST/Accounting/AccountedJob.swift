import SimulatedCluster

/// A job as the accounting database shows it: ended, running or waiting, and maybe cut to a window of time.
struct AccountedJob: Sendable {
    let record: EndedJob
    let started: Timestamp
    /// `.never` of a job that has not ended.
    let ended: Timestamp
    let elapsed: Int

    init(_ record: EndedJob, now: Timestamp) {
        self.record = record
        let isOpen = !record.state.base.hasEnded
        started = record.state.base == .pending ? .never : record.started
        ended = isOpen ? .never : record.ended
        elapsed = Self.elapsed(from: started, to: isOpen ? now : record.ended, record)
    }

    /// The same job as it is seen without `disable_truncate_usage_time`: nothing before and after the window.
    func truncated(to window: Range<Timestamp>) -> AccountedJob {
        AccountedJob(self, window)
    }

    private init(_ job: AccountedJob, _ window: Range<Timestamp>) {
        record = job.record
        started = job.started.isSet ? max(job.started, window.lowerBound) : job.started
        ended = job.ended.isSet ? min(job.ended, window.upperBound) : window.upperBound
        elapsed = Self.elapsed(from: started, to: ended, job.record)
    }

    private static func elapsed(from start: Timestamp, to end: Timestamp, _ record: EndedJob) -> Int {
        start.isSet ? max(0, end - start - Int(record.suspendedSeconds)) : 0
    }

    /// Both bounds belong to it, as slurmdbd's `between` has it.
    func ended(in window: Range<Timestamp>) -> Bool {
        ended >= window.lowerBound && ended <= window.upperBound
    }

    func overlaps(_ window: Range<Timestamp>) -> Bool {
        record.eligible < window.upperBound && (!ended.isSet || ended >= window.lowerBound)
    }
}
