/// A job as squeue shows it, arrays task by task.
public struct JobReading: Sendable, Equatable {
    public let identifier: Int
    public let arrayIdentifier: Int?
    public let arrayTask: Int?
    public let heterogeneousIdentifier: Int?
    /// In the order of Slurm; several as long as it waits for the first that has room.
    public let partitions: [String]
    /// `%T`.
    public let state: String
    public let reason: String
    public let name: String
    public let comment: String?
    /// A number for whom squeue calls nobody because it doesn't know them.
    public let user: String
    public let account: String
    public let qos: String
    public let reservation: String?
    /// What it has, or asks for as long as it has nothing.
    public let resources: Resources
    public let nodes: [String]
    public let priority: Int

    static let fields = [
        "JobID", "ArrayJobID", "ArrayTaskID", "HetJobID", "Partition", "State", "Reason", "Name", "Comment", "UserName",
        "UserID",
        "Account", "QOS", "Reservation", "tres-alloc", "NodeList", "PriorityLong",
    ]

    init(_ row: ColumnTable.Row) {
        identifier = row.number("JobID")
        arrayTask = Int(row["ArrayTaskID"])
        arrayIdentifier = arrayTask == nil ? nil : Int(row["ArrayJobID"])
        heterogeneousIdentifier = Int(row["HetJobID"])
        partitions = row["Partition"].split(separator: ",").map(String.init)
        state = row["State"]
        reason = row["Reason"]
        name = row["Name"]
        comment = row.optional("Comment")
        user = row["UserName"] == "nobody" ? row["UserID"] : row["UserName"]
        account = row["Account"]
        qos = row["QOS"]
        reservation = row.optional("Reservation")
        resources = Resources(row["tres-alloc"])
        nodes = HostList.names(row["NodeList"])
        priority = row.number("PriorityLong")
    }

    /// Whether it is this job or a task or part of it.
    public func isOf(_ identifier: Int) -> Bool {
        [self.identifier, arrayIdentifier, heterogeneousIdentifier].contains(identifier)
    }
}

extension RealSlurm {
    /// All jobs that slurmctld knows, ended ones too.
    public func jobs() async throws -> [JobReading] {
        let output = try await run(
            "squeue", "-a", "-r", "-h", "-t", "all", "-O", ColumnTable.format(JobReading.fields))
        return ColumnTable(output, fields: JobReading.fields).rows.map(JobReading.init)
    }
}
