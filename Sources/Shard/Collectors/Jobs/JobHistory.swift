import Slurm

/// What is remembered of a job from one generation to the next, so that its start and its end each count once.
struct JobMark: Hashable, Sendable {
    let id: UInt32
    /// Start of its run in seconds since 1970; 0 for none.
    let start: UInt32
    let restarts: UInt16
    let isOver: Bool
    /// Whether the state that it ended in is known.
    let hasEnded: Bool
    /// Whether it was over before counting began, so that how it ended doesn't count either.
    var predatesCounting = false

    init(_ job: borrowing JobRecord) {
        id = job.id
        start = job.runStart.flatMap { UInt32(exactly: $0.seconds) } ?? 0
        restarts = UInt16(clamping: job.restarts ?? 0)
        isOver = job.isOver
        hasEnded = job.state.hasEnded
    }

    var hasStarted: Bool { start != 0 }

    /// Slurm moves a start while a job's nodes boot; a job that is queued again has one more restart.
    func isSameRun(as earlier: JobMark) -> Bool {
        guard hasStarted, earlier.hasStarted else { return false }
        return start == earlier.start || (!earlier.isOver && restarts == earlier.restarts)
    }
}

/// The marks of the last whole generation, 16 bytes a job.
struct JobHistory: Sendable {
    private var marks: [JobMark] = []
    private var answered: [Timestamp] = []

    /// When the first generation was answered.
    private(set) var began: Timestamp?

    /// From when on events count of jobs that the last generation didn't show: those of jobs that come back after they
    /// were out of sight don't. The times of answers are inexact by much less than one interval, so it is the last answer
    /// but one: a run that ended just before its job was moved to a partition counted elsewhere may count there, too.
    var horizon: Timestamp? { answered.first }

    var lastAnswer: Timestamp? { answered.last }

    mutating func replace(with marks: [JobMark], at time: Timestamp) {
        self.marks = marks.sorted { $0.id < $1.id }
        began = began ?? time
        answered = answered.suffix(1) + [time]
    }

    /// - Parameter place: where the search begins, best behind the job found before: the order changes little.
    func mark(of id: UInt32, near place: inout Int) -> JobMark? {
        if place < marks.count, marks[place].id == id {
            place += 1
            return marks[place - 1]
        }
        let found = lowerBound(of: id)
        guard found < marks.count, marks[found].id == id else { return nil }
        place = found + 1
        return marks[found]
    }

    private func lowerBound(of id: UInt32) -> Int {
        var (low, high) = (0, marks.count)
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension JobHistory {
    /// What a successor needs, as numbers with names and as marks; nil before the first generation.
    var memory: (numbers: [String: Int64], marks: [UInt32])? {
        guard let began else { return nil }
        var numbers = ["began": began.seconds]
        for (place, time) in answered.enumerated() { numbers["answer_\(place)"] = time.seconds }
        return (numbers, marks.flatMap(\.numbers))
    }

    /// Goes on where another left off.
    ///
    /// - Returns: nil for what no history remembers.
    init?(numbers: [String: Int64], marks: [UInt32]) {
        guard let began = numbers["began"], let answer = numbers["answer_0"], began >= 0, answer >= 0,
            marks.count.isMultiple(of: JobMark.width)
        else { return nil }
        self.began = Timestamp(began)
        answered = [Timestamp(answer)]
        if let last = numbers["answer_1"] { answered.append(Timestamp(last)) }
        self.marks = stride(from: 0, to: marks.count, by: JobMark.width).map { JobMark(marks[$0..<$0 + JobMark.width]) }
            .sorted { $0.id < $1.id }
    }
}

extension JobMark {
    /// How many numbers one is written as.
    static let width = 3

    private static let (overBit, endedBit, predatingBit) = (UInt32(1) << 16, UInt32(1) << 17, UInt32(1) << 18)

    fileprivate var numbers: [UInt32] {
        let bits = (isOver ? Self.overBit : 0) | (hasEnded ? Self.endedBit : 0)
        return [id, start, UInt32(restarts) | bits | (predatesCounting ? Self.predatingBit : 0)]
    }

    fileprivate init(_ numbers: ArraySlice<UInt32>) {
        let bits = numbers[numbers.startIndex + 2]
        id = numbers[numbers.startIndex]
        start = numbers[numbers.startIndex + 1]
        restarts = UInt16(truncatingIfNeeded: bits)
        isOver = bits & Self.overBit != 0
        hasEnded = bits & Self.endedBit != 0
        predatesCounting = bits & Self.predatingBit != 0
    }
}
