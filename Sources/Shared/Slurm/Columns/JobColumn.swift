/// What squeue is asked for of a job, in this order.
public enum JobColumn: UInt8, CaseIterable, Sendable {
    case id, arrayID, taskID, heterogeneousID, heterogeneousOffset, state, user, userID, qos, partitions
    case reservation, submitted, eligible, start, end, timeLimit, timeUsed, waited, priority, restarts
    case cpus, nodes, tasks, resources, perJob, perNode, perSocket, perTask, exitStatus, nodeList
    /// From here on what users write, and what the scheduler describes at length.
    case reason, account, features, name

    /// As `squeue --Format` calls it.
    public var name: String { "\(Self.names[Int(rawValue)])" }

    private static let names: [StaticString] = [
        "JobId", "ArrayJobId", "ArrayTaskId", "HetJobId", "HetJobOffset", "State", "UserName", "UserId",
        "QOS", "Partition", "Reservation", "SubmitTime", "EligibleTime", "StartTime", "EndTime", "TimeLimit",
        "TimeUsed",
        "PendingTime", "PriorityLong", "RestartCnt", "NumCPUs", "NumNodes", "NumTasks", "tres-alloc", "tres-per-job",
        "tres-per-node", "tres-per-socket", "tres-per-task", "exit_code", "NodeList", "Reason", "Account", "Feature",
        "Name",
    ]

    var isFreeText: Bool { rawValue >= Self.reason.rawValue }

    /// Without these there is no telling what a record is about.
    public var isNeeded: Bool { self == .id || self == .state || self == .name }

    /// For `squeue --Format`.
    public static func format(_ columns: [JobColumn], _ mark: ColumnMark) -> String {
        columns.map { "\($0.name):\($0.isFreeText ? mark.text : "\u{1F}")" }.joined(separator: ",")
    }
}
