public import SimulatedCluster

/// Why a server that understands a question can't answer it.
public enum Failure: Hashable, Sendable {
    /// The token is wrong or has expired.
    case token
    case controllerDown
    /// The controller has not answered within MessageTimeout.
    case controllerTimeout
    case databaseDown
    /// Whatever else a status says.
    case status(Int)
}

extension Service {
    /// The answer to a question that fails, with the status and the body that the release gives it.
    public func answer(to request: Request, from cluster: Cluster, failing failure: Failure) -> Answer {
        let dialect = dialect(for: request.version)
        let responder = Responder(request: request, cluster: cluster, dialect: dialect, service: self)
        return responder.failed(failure)
    }

    /// An answer of plain text, as a server gives it that has not come to the question.
    public func refusal(_ status: Int, _ text: String) -> Answer {
        .plain(status, text, dialect(for: versions.last ?? .v46))
    }
}

extension Responder {
    fileprivate func failed(_ failure: Failure) -> Answer {
        let list: [Reply.Content] = listName.map { [.nothing($0)] } ?? []
        return document(
            Reply(status: status(of: failure), plugin: plugin, content: list, errors: [fault(for: failure)]))
    }

    /// From release 24.11 on the gateway's own statuses; before that everything is 500, and a bad token at the
    /// database even 200.
    private func status(of failure: Failure) -> Int {
        let isOld = release <= .v2405
        switch failure {
        case .token where plugin == .accounting: return release <= .v2205 ? 200 : isOld ? 500 : 502
        case .token: return isOld ? 500 : 511
        case .controllerDown, .databaseDown: return isOld ? 500 : 502
        case .controllerTimeout: return isOld ? 500 : 504
        case .status(let status): return status
        }
    }

    private func fault(for failure: Failure) -> Fault {
        switch failure {
        case .token where plugin == .accounting: databaseFault
        case .token:
            Fault(
                description: "Failure to query", number: 1007, error: "Protocol authentication error", source: source)
        case .controllerDown:
            Fault(
                description: "Failure to query", number: 1800,
                error: "Unable to contact slurm controller (connect failure)", source: source)
        case .controllerTimeout:
            Fault(
                description: "Failure to query", number: 5004, error: "Socket timed out on send/recv operation",
                source: source)
        case .databaseDown: databaseFault
        case .status:
            Fault(description: "Failure to query", number: -1, error: "Unspecified error", source: source)
        }
    }

    private var databaseFault: Fault {
        Fault(
            description: "Failed to open slurmdbd connection", number: 7000, error: "Unable to connect to database",
            source: "openapi_get_db_conn")
    }

    private var plugin: Plugin {
        if case .accounting = request.endpoint { .accounting } else { .controller }
    }

    private var source: String { listName.map { "op_handler_\($0)" } ?? "slurmrestd" }

    private var listName: String? {
        switch request.endpoint {
        case .jobs, .jobStates, .job: "jobs"
        case .nodes, .node: "nodes"
        case .partitions, .partition: "partitions"
        case .reservations, .reservation: "reservations"
        case .licenses: "licenses"
        case .ping: "pings"
        case .accounting(.jobs), .accounting(.job): "jobs"
        case .accounting(.users): "users"
        case .accounting(.accounts): "accounts"
        case .accounting(.associations): "associations"
        default: nil
        }
    }
}
