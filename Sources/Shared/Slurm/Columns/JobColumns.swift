/// Reads jobs from `squeue --all --array --states=all --Format=…`.
///
/// With `--array` each unstarted task of an array has a line of its own. Lines of one record follow one another, and are
/// put together again, so that records are the same as slurmrestd's.
struct JobColumns: RecordColumns {
    private let columns: [JobColumn]
    private let mark: ColumnMark
    private var last: JobRecord?
    private var clock = CommandClock()

    init(_ columns: [JobColumn], _ mark: ColumnMark) {
        self.columns = columns
        self.mark = mark
    }

    static func name(ofField field: Int) -> String { JobColumn(rawValue: UInt8(field))?.name ?? "record" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<JobRecord> {
        var line = JobLine()
        guard split(text, { line.take($0, $1, &reading) }), line.id != nil else { return .malformed }
        let record = line.record(&clock, &reading)
        if let last, last.isUnstarted, record.isUnstarted, last.id == record.id {
            self.last?.tasks.known += 1
            return .nothing
        }
        defer { last = record }
        return last.map { .record($0) } ?? .nothing
    }

    mutating func finish() -> JobRecord? {
        defer { last = nil }
        return last
    }

    /// - Returns: whether there were as many fields as columns.
    private func split(_ text: RawSpan, _ body: (JobColumn, RawSpan) -> Void) -> Bool {
        var start = 0
        for column in columns {
            guard let end = end(of: column, in: text, from: start) else { return false }
            body(column, text.extracting(start..<end.lowerBound))
            start = end.upperBound
        }
        return start == text.byteCount
    }

    private func end(of column: JobColumn, in text: RawSpan, from start: Int) -> Range<Int>? {
        guard column.isFreeText else {
            let end = (start..<text.byteCount).first { text[$0] == ColumnMark.separator }
            return end.map { $0..<$0 + 1 }
        }
        // The last one ends with the record.
        if column == columns.last { return text.byteCount..<text.byteCount }
        return text.firstRange(of: mark.bytes, from: start)
    }
}

extension JobRecord {
    /// Whether it is an array's record of tasks that have not been started.
    fileprivate var isUnstarted: Bool { arrayID == id && arrayTaskID == nil && state.isWaiting }
}

/// The clock by which a command counted how long jobs run and wait, told from what it says of them.
struct CommandClock {
    private var now: Timestamp?

    mutating func see(_ time: Timestamp) {
        now = now.map { max($0, time) } ?? time
    }

    /// How long ago a job would have to have been suspended: more than what the clock goes on by while a list is printed.
    func lag(of time: Timestamp) -> Int64 {
        guard let now else { return 0 }
        let lag = now.since(time)
        return lag > Self.inexactness ? lag : 0
    }

    var time: Timestamp? { now }

    private static let inexactness: Int64 = 5
}

/// The columns of one line.
private struct JobLine {
    private(set) var id: Int?
    private var job = JobRecord()
    private var userName = Symbol.empty
    private var userID: Int?
    private var isStranger = false
    private var secondsUsed: Int?
    private var secondsWaited: Int?
    private var request = JobRequest()
    private var resources = TRESText()

    mutating func take(_ column: JobColumn, _ text: RawSpan, _ reading: inout Reading) {
        reading.begin(column.rawValue)
        switch column {
        case .id: id = reading.count(text)
        case .arrayID: job.arrayID = reading.id(text)
        case .taskID: job.arrayTaskID = reading.index(text)
        case .heterogeneousID: job.heterogeneousID = reading.id(text)
        case .heterogeneousOffset: job.heterogeneousOffset = reading.index(text)
        case .state: takeState(text, &reading)
        case .reason: job.reason = reading.reason(text)
        case .user:
            isStranger = text.hasSameBytes(as: "nobody")
            userName = reading.symbol(text)
        case .userID: userID = reading.count(text)
        case .qos: job.qos = reading.symbol(text)
        case .partitions: job.partitions = reading.names(text)
        case .reservation: job.reservation = reading.symbol(text)
        case .submitted: job.submitted = reading.time(text)
        case .eligible: job.eligible = reading.time(text)
        case .start: job.start = reading.time(text)
        case .end: job.end = reading.time(text)
        case .timeLimit: job.timeLimitSeconds = reading.duration(text).limit { $0 }
        case .timeUsed: secondsUsed = reading.duration(text).integer
        case .waited: secondsWaited = reading.count(text)
        case .priority: job.priority = reading.count(text).flatMap { UInt64(exactly: $0) }
        case .restarts: job.restarts = reading.count(text)
        case .cpus: request.cpus = reading.count(text)
        case .nodes: request.nodes = reading.count(text)
        case .tasks: request.tasks = reading.count(text)
        case .resources: if !text.isNull { resources.read(text, &reading) }
        case .perJob: request.gpusPerJob = text.isNull ? GPUs() : GPUs(text, &reading)
        case .perNode: request.gpusPerNode = text.isNull ? GPUs() : GPUs(text, &reading)
        case .perSocket: request.gpusPerSocket = text.isNull ? GPUs() : GPUs(text, &reading)
        case .perTask: request.gpusPerTask = text.isNull ? GPUs() : GPUs(text, &reading)
        case .exitStatus: job.exitStatus = reading.exitStatus(text)
        case .nodeList: job.nodeList = reading.string(text)
        case .account: job.account = reading.symbol(text)
        case .features: job.features = reading.string(text)
        case .workloadKey: job.workloadKey = reading.symbol(text)
        case .name: job.name = reading.string(text)
        }
    }

    private mutating func takeState(_ word: RawSpan, _ reading: inout Reading) {
        if !job.state.take(word) { reading.note(unknown: .jobState, word) }
    }

    func record(_ clock: inout CommandClock, _ reading: inout Reading) -> JobRecord {
        var job = job
        job.id = id.flatMap { UInt32(exactly: $0) } ?? 0
        // squeue's host calls nobody whom it doesn't know.
        let hasNoName = userName.isEmpty || isStranger && userID.map { $0 < 65_534 } ?? false
        job.user = hasNoName ? reading.symbols.intern(number: userID) : userName
        // The word hides that it runs, which its nodes show.
        if job.state.flags == .expediting { job.state.base = job.nodeList.isEmpty ? .pending : .running }
        if job.arrayTaskID == nil { job.arrayID = nil }
        if job.state.isWaiting, job.arrayID == job.id { job.arrayTaskID = nil }
        job.isHeld = job.isHeld(unlessPrioritized: nil)
        completeResources(of: &job)
        completeSuspension(of: &job, &clock)
        return job
    }

    /// There is one list of resources: of what a job has once it has nodes, of what it asks for before.
    private func completeResources(of job: inout JobRecord) {
        var request = request
        guard job.nodeList.isEmpty else {
            job.allocated = resources.resources
            if resources.gpuTypes.isEmpty {
                job.allocated.gpus = GPUs(total: resources.gpus, types: request.gpus.groups)
            }
            return
        }
        request.tres = resources
        job.requested = request.resources
    }

    /// squeue says how long a job ran, suspension left out, and not when it was suspended.
    private func completeSuspension(of job: inout JobRecord, _ clock: inout CommandClock) {
        if let submitted = job.submitted, let secondsWaited {
            clock.see(Timestamp(submitted.seconds &+ Int64(secondsWaited)))
        }
        guard let start = job.start, let used = secondsUsed, !job.nodeList.isEmpty else { return }
        if job.state.base == .suspended {
            (job.suspended, job.secondsBeforeSuspension) = (start, used)
        } else if job.state.hasEnded || job.state.flags.contains(.completing) {
            guard let end = job.end, end.since(start) != Int64(used) else { return }
            (job.suspended, job.secondsBeforeSuspension) = (end, used)
        } else {
            let time = Timestamp(start.seconds &+ Int64(used))
            clock.see(time)
            guard clock.lag(of: time) > 0 else { return }
            (job.suspended, job.secondsBeforeSuspension) = (clock.time, used)
        }
    }
}

extension Reading {
    /// The word for why a job waits. Where the scheduler has left a description, squeue shows that in the word's place.
    fileprivate mutating func reason(_ text: RawSpan) -> Symbol {
        if text.isNull || text.hasSameBytes(as: "None") { return .empty }
        if text.byteCount <= Oddities.longestWord, text.byteOffsets.allSatisfy({ text[$0].isPartOfWord }) {
            return intern(text)
        }
        for (beginning, word) in Self.descriptions where text.begins(with: beginning) {
            return symbols.intern("\(word)")
        }
        return symbols.intern("other")
    }

    private static let descriptions: [(beginning: StaticString, word: StaticString)] = [
        ("ReqNodeNotAvail", "ReqNodeNotAvail"), ("Nodes required for job", "Resources"),
        ("job requeued in held state", "JobHeldUser"), ("launch failed requeued held", "JobHeldAdmin"),
    ]
}

extension RawSpan {
    /// Some releases write `_` for a blank.
    fileprivate func begins(with text: StaticString) -> Bool {
        guard byteCount >= text.utf8CodeUnitCount else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { at in
            self[at] == text.utf8Start[at] || self[at] == UInt8(ascii: "_") && text.utf8Start[at].isBlank
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") }

    fileprivate var isPartOfWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), .zero ... .nine: true
        default: self == UInt8(ascii: "_") || self == UInt8(ascii: "(") || self == UInt8(ascii: ")")
        }
    }
}
