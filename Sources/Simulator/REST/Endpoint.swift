/// What can be asked for.
public enum Endpoint: Hashable, Sendable {
    case openAPI
    /// Whether the server is alive, ready and well: who asks need not say who they are.
    case health
    case jobs
    case jobStates
    case job(String)
    case nodes
    case node(String)
    case partitions
    case partition(String)
    case reservations
    case reservation(String)
    case licenses
    case diag
    case ping
    case shares
    case accounting(Accounting)

    /// What the accounting database is asked for, under `/slurmdb`.
    public enum Accounting: Hashable, Sendable {
        case jobs
        case job(String)
        case qos
        case associations
        case accounts
        case users
        case clusters
        case tres
        case wckeys
        case diag
    }

    /// The versions that have it; an older server answers 404.
    var versions: ClosedRange<APIVersion> {
        switch self {
        case .jobStates, .shares: .since(.v40)
        default: .all
        }
    }

    /// Every endpoint with its path below `/slurm/v0.0.N/`, names in braces where a record is named.
    static let controllerPaths: [(path: String, endpoint: Endpoint)] = [
        ("diag", .diag), ("ping", .ping), ("licenses", .licenses), ("shares", .shares), ("jobs", .jobs),
        ("jobs/state", .jobStates), ("job/{job_id}", .job("{job_id}")), ("nodes", .nodes),
        ("node/{node_name}", .node("{node_name}")), ("partitions", .partitions),
        ("partition/{partition_name}", .partition("{partition_name}")), ("reservations", .reservations),
        ("reservation/{reservation_name}", .reservation("{reservation_name}")),
    ]

    /// The same below `/slurmdb/v0.0.N/`.
    static let accountingPaths: [(path: String, endpoint: Accounting)] = [
        ("diag", .diag), ("jobs", .jobs), ("job/{job_id}", .job("{job_id}")), ("qos", .qos),
        ("associations", .associations), ("accounts", .accounts), ("users", .users), ("clusters", .clusters),
        ("tres", .tres), ("wckeys", .wckeys),
    ]

    static let healthPaths = ["healthz", "livez", "readyz"]

    /// Every endpoint with its path in a version, names in braces where a record is named.
    public static func paths(in version: APIVersion) -> [(path: String, endpoint: Endpoint)] {
        [("openapi/v3", .openAPI)] + healthPaths.map { ($0, .health) }
            + controllerPaths.map { ("slurm/\(version.name)/\($0.path)", $0.endpoint) }
            + accountingPaths.map { ("slurmdb/\(version.name)/\($0.path)", .accounting($0.endpoint)) }
    }

    /// Reads what is below `/slurm/v0.0.N/`; path components are decoded, and one slash at the end doesn't count.
    static func controller(_ components: ArraySlice<String>) -> Endpoint? {
        switch (components.first, components.count) {
        case ("job", 2): .job(components[components.startIndex + 1])
        case ("node", 2): .node(components[components.startIndex + 1])
        case ("partition", 2): .partition(components[components.startIndex + 1])
        case ("reservation", 2): .reservation(components[components.startIndex + 1])
        default: controllerPaths.first { $0.path == components.joined(separator: "/") }?.endpoint
        }
    }

    /// Reads what is below `/slurmdb/v0.0.N/`.
    static func accounting(_ components: ArraySlice<String>) -> Endpoint? {
        if components.first == "job", components.count == 2 {
            return .accounting(.job(components[components.startIndex + 1]))
        }
        let known = accountingPaths.first { $0.path == components.joined(separator: "/") }
        return known.map { .accounting($0.endpoint) }
    }
}
