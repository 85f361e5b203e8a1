import Slurm

/// All records that a command's output has, of whatever kind.
final class CollectingSink: RecordSink {
    private(set) var jobs: [JobRecord] = []
    private(set) var nodes: [NodeRecord] = []
    private(set) var partitions: [PartitionRecord] = []
    private(set) var controllers: [ControllerRecord] = []
    private(set) var schedulers: [SchedulerRecord] = []
    private(set) var reservations: [ReservationRecord] = []
    private(set) var licenses: [LicenseRecord] = []
    private(set) var shares: [ShareRecord] = []
    private(set) var accountedJobs: [AccountedJobRecord] = []
    private(set) var associations: [AssociationRecord] = []
    private(set) var qos: [QOSRecord] = []
    private(set) var clusters: [ClusterRecord] = []
    private(set) var resources: [TrackedResourceRecord] = []
    private(set) var keys: [WorkloadKeyRecord] = []
    private(set) var databases: [DatabaseRecord] = []

    func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) { jobs.append(copy job) }
    func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) { nodes.append(copy node) }
    func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {
        partitions.append(copy partition)
    }
    func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols) {
        controllers.append(copy controller)
    }
    func take(_ scheduler: borrowing SchedulerRecord, _ symbols: borrowing Symbols) {
        schedulers.append(copy scheduler)
    }
    func take(_ reservation: borrowing ReservationRecord, _ symbols: borrowing Symbols) {
        reservations.append(copy reservation)
    }
    func take(_ license: borrowing LicenseRecord, _ symbols: borrowing Symbols) { licenses.append(copy license) }
    func take(_ share: borrowing ShareRecord, _ symbols: borrowing Symbols) { shares.append(copy share) }
    func take(_ job: borrowing AccountedJobRecord, _ symbols: borrowing Symbols) { accountedJobs.append(copy job) }
    func take(_ association: borrowing AssociationRecord, _ symbols: borrowing Symbols) {
        associations.append(copy association)
    }
    func take(_ qos: borrowing QOSRecord, _ symbols: borrowing Symbols) { self.qos.append(copy qos) }
    func take(_ cluster: borrowing ClusterRecord, _ symbols: borrowing Symbols) { clusters.append(copy cluster) }
    func take(_ resource: borrowing TrackedResourceRecord, _ symbols: borrowing Symbols) {
        resources.append(copy resource)
    }
    func take(_ key: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols) { keys.append(copy key) }
    func take(_ database: borrowing DatabaseRecord, _ symbols: borrowing Symbols) { databases.append(copy database) }
}

/// What a reader made of a command's output.
struct CommandText {
    let sink = CollectingSink()
    let answer: Answer
    let symbols: Symbols

    init(_ text: [UInt8], _ format: CommandFormat, chunk: Int = 64 << 10) throws(AnswerError) {
        let reader = CommandReader(format, into: sink)
        for start in stride(from: 0, to: text.count, by: chunk) {
            try reader.consume(Array(text[start..<min(start + chunk, text.count)]))
        }
        answer = try reader.finish()
        symbols = reader.symbols
    }

    init(_ text: String, _ format: CommandFormat, chunk: Int = 64 << 10) throws(AnswerError) {
        try self.init(Array(text.utf8), format, chunk: chunk)
    }
}

extension CommandFormat {
    static let mark = ColumnMark(secret: "secret")
    static let everyJobColumn = jobs(JobColumn.allCases, mark)
    static let everyAccountedColumn = accountedJobs(AccountedJobColumn.allCases, mark)

    /// All there are.
    static let all: [CommandFormat] = [
        everyJobColumn, .nodes, .partitions, .reservations, .licenses, .scheduler, .controllers, .shares,
        everyAccountedColumn, .associations, .qos, .clusters, .trackedResources, .workloadKeys, .database,
    ]
}

/// A line of squeue as it is asked for, with what a test says in place of what is usual.
func squeueLine(_ values: [JobColumn: [UInt8]], columns: [JobColumn] = JobColumn.allCases) -> [UInt8] {
    var line: [UInt8] = []
    for column in columns {
        line += values[column] ?? Array(usual[column]?.utf8 ?? "N/A".utf8)
        line += column.rawValue >= JobColumn.reason.rawValue ? Array(CommandFormat.mark.text.utf8) : [0x1F]
    }
    return line + [UInt8(ascii: "\n")]
}

func squeueLine(_ values: [JobColumn: String]) -> [UInt8] {
    squeueLine(values.mapValues { Array($0.utf8) })
}

private let usual: [JobColumn: String] = [
    .id: "9", .arrayID: "9", .state: "RUNNING", .reason: "None", .user: "ada", .userID: "20001", .account: "physics",
    .qos: "normal", .partitions: "batch", .reservation: "(null)", .submitted: "1000", .eligible: "1000",
    .start: "1001", .end: "87401", .timeLimit: "1-00:00:00", .timeUsed: "1:44", .waited: "1", .priority: "10500",
    .restarts: "0", .cpus: "1", .nodes: "1", .tasks: "1", .resources: "cpu=1,mem=1000M,node=1,billing=1",
    .exitStatus: "0:0", .nodeList: "c2", .features: "(null)", .name: "job",
]
