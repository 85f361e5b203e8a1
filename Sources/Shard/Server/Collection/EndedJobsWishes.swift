import Slurm

/// A question for ended jobs, and what time it was at Slurm's.
struct AskedEndedJobs: Sendable {
    let question: EndedJobsQuestion
    let time: Timestamp

    init(_ question: EndedJobsQuestion, at time: Timestamp) {
        self.question = question
        self.time = time
    }
}

/// What readers on other shards want to know of ended jobs: the wish that begins first comes first.
struct EndedJobsWishes: Sendable {
    private var wished: EndedJobsQuestion?
    /// What holds until somebody wishes anew.
    private var last: AskedEndedJobs?

    mutating func add(_ question: EndedJobsQuestion) {
        if let wished, wished.from <= question.from { return }
        wished = question
    }

    /// - Returns: nil where nobody ever wished for anything.
    mutating func next(at now: Timestamp) -> EndedJobsQuestion? {
        if let wished { last = AskedEndedJobs(wished, at: now) }
        wished = nil
        guard var question = last?.question, let since = last?.time else { return nil }
        question.to = Timestamp(question.to.seconds + max(0, now.since(since)))
        return question
    }
}
