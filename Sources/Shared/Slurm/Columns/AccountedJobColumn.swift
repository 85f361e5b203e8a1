/// What sacct is asked for of a job and of its steps, in this order.
public enum AccountedJobColumn: UInt8, CaseIterable, Sendable {
    case id, displayedID, state, user, userID, qos, partition, cluster, reason, submitted, eligible, start, end
    case elapsed, timeLimit, planned, reserved, restarts, requested, allocated, userTime, systemTime
    case maximumMemory, usage, exitStatus
    /// From here on what users write.
    case account, name

    /// As `sacct --format` calls it.
    public var name: String { "\(Self.names[Int(rawValue)])" }

    private static let names: [StaticString] = [
        "JobIDRaw", "JobID", "State", "User", "UID", "QOS", "Partition", "Cluster", "Reason", "Submit", "Eligible",
        "Start", "End", "ElapsedRaw", "TimelimitRaw", "Planned", "Reserved", "Restarts", "ReqTRES",
        "AllocTRES", "UserCPU", "SystemCPU", "MaxRSS", "TRESUsageInTot", "ExitCode", "Account", "JobName",
    ]

    public var isNeeded: Bool { self == .id || self == .state || self == .submitted }
}

/// Reads jobs of `sacct --allusers --duplicates --noheader --parsable --delimiter=… --noconvert --format=…`: a job's line
/// with those of its steps behind it.
struct AccountedJobColumns: RecordColumns {
    private let columns: [AccountedJobColumn]
    private let line: TableLine
    private var last: AccountedLine?

    init(_ columns: [AccountedJobColumn], _ mark: ColumnMark) {
        self.columns = columns
        line = TableLine(columns: columns.count, delimiter: mark.bytes)
    }

    static func name(ofField field: Int) -> String { AccountedJobColumn(rawValue: UInt8(field))?.name ?? "record" }

    mutating func read(_ text: RawSpan, _ reading: inout Reading) -> ReadColumns<AccountedJobRecord> {
        var found = AccountedLine()
        let isWhole = line.read(text) { index, value in
            reading.begin(columns[index].rawValue)
            found.take(columns[index], value, &reading)
        }
        guard isWhole, found.isStep || found.id != nil else { return .malformed }
        if found.isStep {
            last?.add(step: found)
            return .nothing
        }
        defer { last = found }
        return last.map { .record($0.finished) } ?? .nothing
    }

    mutating func finish() -> AccountedJobRecord? {
        defer { last = nil }
        return last?.finished
    }
}

/// A line of sacct.
private struct AccountedLine {
    private(set) var id: Int?
    private(set) var isStep = false
    private var job = AccountedJobRecord()
    private var userTime: Double?
    private var systemTime: Double?
    private var memory: Int?
    private var usedMemory: Int?
    private var steps = 0

    mutating func take(_ column: AccountedJobColumn, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .id:
            isStep = text.contains(.dot)
            if !isStep { id = reading.count(text) }
        case .displayedID: takeDisplayedID(text)
        case .state: takeState(text, &reading)
        case .user: job.user = reading.symbol(text)
        case .userID: break
        case .qos: job.qos = reading.symbol(text)
        case .partition: job.partition = reading.symbol(text)
        case .cluster: job.cluster = reading.symbol(text)
        case .reason: job.reason = text.isWord("none") ? .empty : reading.symbol(text)
        case .submitted: job.submitted = reading.time(text)
        case .eligible: job.eligible = reading.time(text)
        case .start: job.start = reading.time(text)
        case .end: job.end = reading.time(text)
        case .elapsed: job.elapsedSeconds = reading.count(text)
        case .timeLimit: job.timeLimitSeconds = reading.limit(text)
        case .planned, .reserved: job.waitSeconds = reading.duration(text).integer
        case .restarts: job.restarts = reading.count(text)
        case .requested: job.requested = reading.resources(text)
        case .allocated: job.allocated = reading.resources(text)
        case .userTime: userTime = text.seconds
        case .systemTime: systemTime = text.seconds
        case .maximumMemory: memory = Amount.integer(of: text)
        case .usage: usedMemory = text.usedMemory
        case .exitStatus: job.exitStatus = reading.exitStatus(text)
        case .account: job.account = reading.symbol(text)
        case .name: job.name = reading.string(text)
        }
    }

    /// `34_2` is a task of an array; `34_[3-12]` are those that haven't been started.
    private mutating func takeDisplayedID(_ text: RawSpan) {
        guard let bar = text.firstIndex(of: UInt8(ascii: "_")) else { return }
        job.arrayID = text.extracting(0..<bar).decimal.flatMap { UInt32(exactly: $0) }
        job.arrayTaskID = text.extracting(bar + 1..<text.byteCount).decimal.flatMap { UInt32(exactly: $0) }
    }

    /// `CANCELLED by 1000`
    private mutating func takeState(_ text: RawSpan, _ reading: inout Reading) {
        let word = text.extracting(0..<(text.firstIndex(of: UInt8(ascii: " ")) ?? text.byteCount))
        if !job.state.take(word) { reading.note(unknown: .jobState, word) }
    }

    mutating func add(step: AccountedLine) {
        steps += 1
        if let used = step.memory { memory = Swift.max(used, memory ?? 0) }
        if let used = step.usedMemory { usedMemory = Swift.max(used, usedMemory ?? 0) }
    }

    var finished: AccountedJobRecord {
        var job = job
        job.id = id.flatMap { UInt32(exactly: $0) } ?? 0
        job.userSeconds = steps > 0 ? userTime : nil
        job.systemSeconds = steps > 0 ? systemTime : nil
        job.maximumMemoryBytes = steps > 0 ? memory : nil
        job.usedMemoryBytes = steps > 0 ? usedMemory : nil
        job.steps = steps > 0 ? steps : nil
        return job
    }
}

extension Reading {
    /// A limit in minutes.
    fileprivate mutating func limit(_ text: RawSpan) -> Limit<Int>? {
        if text.isWord("partition_limit") { return nil }
        return number(text).limit { $0 < 0 ? nil : $0.scaled(by: 60) }
    }
}

extension RawSpan {
    /// Of `cpu=00:00:01,energy=0,fs/disk=2012,mem=14316K,…`; a number without a letter is in bytes.
    fileprivate var usedMemory: Int? {
        var bytes: Int?
        split(.comma) { entry in
            if entry.has("mem=", at: 0) { bytes = Amount.integer(of: entry.extracting(4..<entry.byteCount)) }
        }
        return bytes
    }
}
