import Slurm

/// Which runs of jobs were counted, so that each counts once however often the database shows it.
///
/// Guarantee: a run counts exactly once if the database has it within `overlap` of its end, by Slurm's clock; after the
/// database, or whoever asks it, was away for longer than that, if it has it within `overlap` of being back. A run that
/// comes later is not asked for any more, so it is never counted.
///
/// A run is known by the job's id, when it was submitted and when it started: ids come round again, and a job that is
/// queued again runs twice. Its end may change as long as it isn't moved by more than `overlap` after it was counted.
struct RunLedger: Equatable, Sendable {
    /// In seconds of Slurm's clock.
    struct Pace: Equatable, Sendable {
        /// How far back ends are looked for that come late.
        var overlap: Int64
        /// How much is asked for at once beyond the overlap.
        var piece: Int64
        /// From how long before the first question on ends count.
        var lookback: Int64
    }

    /// What is asked again once the database has had the time to receive what it was held back.
    struct Recheck: Equatable, Sendable {
        var from: Timestamp
        var due: Timestamp
    }

    let pace: Pace
    /// Ends before then never count; nil before the first answer.
    private(set) var since: Timestamp?
    /// All runs that ended before then have been counted, or never will be.
    private(set) var settled: Timestamp?
    /// When the last good answer was asked for.
    private(set) var answered: Timestamp?
    private(set) var recheck: Recheck?
    /// What was asked for last ended before it was asked.
    private(set) var isBehind = false
    /// Ends of the counted runs that may still be shown.
    private(set) var counted: [RunKey: Timestamp] = [:]
    /// A question has no answer yet.
    private var isAsking = false
    /// A question had no answer, or nobody asked, since the last good answer.
    private var wasAway = false

    init(_ pace: Pace) {
        self.pace = pace
    }

    /// What to ask now. What isn't answered is asked again.
    mutating func ask(at now: Timestamp) -> Question {
        wasAway = wasAway || isAsking
        isAsking = true
        let from = settled ?? now.earlier(by: pace.lookback)
        let latest = from.later(by: max(0, pace.overlap) + max(1, pace.piece))
        // Up to a moment that is to come, as not all clocks agree.
        return Question(from: from, to: min(max(now, from).later(by: max(60, pace.overlap)), latest), asked: now)
    }

    struct Question: Equatable, Sendable {
        let from: Timestamp
        let to: Timestamp
        let asked: Timestamp

        /// What is known from its begin on, where something else may have been asked in its place.
        ///
        /// - Returns: nil where that says nothing about its begin.
        func answered(by other: EndedJobsQuestion?, at time: Timestamp) -> Question? {
            guard let other else { return self }
            guard other.from <= from, from < other.to else { return nil }
            return Question(from: from, to: other.to, asked: time)
        }
    }

    /// A run of the answer, or none of the question's.
    ///
    /// - Returns: whether it counts, now and never again.
    mutating func count(_ run: RunKey, end: Timestamp, in question: Question) -> Bool {
        guard end >= question.from else { return false }
        return counted.updateValue(end, forKey: run) == nil
    }

    /// The answer is complete.
    mutating func settle(_ question: Question) {
        let now = question.asked
        noteAbsence(until: now)
        since = since ?? question.from
        isBehind = question.to < now
        answered = max(answered ?? now, now)
        settled = max(question.from, min(question.to, now.earlier(by: pace.overlap)))
        if let recheck, now >= recheck.due {
            settled = min(settled ?? recheck.from, recheck.from)
            self.recheck = nil
        }
        forget()
    }

    /// A list is complete that shows a run from its end until it forgets it: nothing that isn't there comes again.
    mutating func settle(_ question: Question, listed: Set<RunKey>) {
        (wasAway, isAsking) = (false, false)
        since = since ?? question.from
        settled = question.from
        answered = max(answered ?? question.asked, question.asked)
        if counted.count > listed.count { counted = counted.filter { listed.contains($0.key) } }
    }

    /// After a long silence the database gets what slurmctld kept for it; what ended meanwhile can come as late as that.
    private mutating func noteAbsence(until now: Timestamp) {
        let wasAway = wasAway
        (self.wasAway, isAsking) = (false, false)
        guard wasAway, let answered, let settled, now.since(answered) > pace.overlap / 2 else { return }
        let from = min(recheck?.from ?? settled, settled)
        // A database that goes on failing isn't waited for until what is remembered fills the memory.
        let isOverdue = now.since(from) > Self.mostOverlaps * max(1, pace.overlap)
        recheck = Recheck(from: from, due: isOverdue ? recheck?.due ?? now : now.later(by: pace.overlap))
    }

    private static let mostOverlaps: Int64 = 48

    private mutating func forget() {
        guard let settled else { return }
        let horizon = min(settled, recheck?.from ?? settled).earlier(by: pace.overlap)
        if counted.contains(where: { $0.value < horizon }) { counted = counted.filter { $0.value >= horizon } }
    }
}

/// One run of one job.
struct RunKey: Hashable, Sendable {
    let job: UInt32
    /// Seconds since 1970; 0 for none.
    let submitted: UInt32
    let start: UInt32

    init(job: UInt32, submitted: UInt32, start: UInt32) {
        self.job = job
        self.submitted = submitted
        self.start = start
    }

    init(job: UInt32, submitted: Timestamp?, start: Timestamp?) {
        self.init(
            job: job, submitted: UInt32(clamping: submitted?.seconds ?? 0), start: UInt32(clamping: start?.seconds ?? 0)
        )
    }
}

extension Timestamp {
    func earlier(by seconds: Int64) -> Timestamp { Timestamp(Swift.max(0, self.seconds &- seconds)) }
    func later(by seconds: Int64) -> Timestamp { Timestamp(self.seconds &+ Swift.min(seconds, 1 << 40)) }
}

extension RunLedger {
    /// What a successor needs, as numbers with names and as marks of four numbers for each counted run.
    var memory: (numbers: [String: Int64], marks: [UInt32]) {
        var numbers: [String: Int64] = [:]
        numbers["since"] = since?.seconds
        numbers["settled"] = settled?.seconds
        numbers["answered"] = answered?.seconds
        numbers["recheck_from"] = recheck?.from.seconds
        numbers["recheck_due"] = recheck?.due.seconds
        let runs = counted.map { (key: $0.key, end: UInt32(clamping: $0.value.seconds)) }
            .sorted { ($0.end, $0.key.job, $0.key.start) < ($1.end, $1.key.job, $1.key.start) }
        return (numbers, runs.flatMap { [$0.key.job, $0.key.submitted, $0.key.start, $0.end] })
    }

    static let numbersPerMark = 4

    /// Goes on where another left off.
    ///
    /// - Returns: nil for what no ledger remembers.
    init?(_ pace: Pace, numbers: [String: Int64], marks: [UInt32]) {
        guard let since = numbers["since"], let settled = numbers["settled"], let answered = numbers["answered"],
            since >= 0, settled >= 0, answered >= 0, marks.count.isMultiple(of: Self.numbersPerMark)
        else { return nil }
        self.pace = pace
        self.since = Timestamp(since)
        self.settled = Timestamp(settled)
        self.answered = Timestamp(answered)
        if let from = numbers["recheck_from"], let due = numbers["recheck_due"] {
            recheck = Recheck(from: Timestamp(from), due: Timestamp(due))
        }
        for place in stride(from: 0, to: marks.count, by: Self.numbersPerMark) {
            let key = RunKey(job: marks[place], submitted: marks[place + 1], start: marks[place + 2])
            counted[key] = Timestamp(Int64(marks[place + 3]))
        }
        wasAway = true
    }
}
