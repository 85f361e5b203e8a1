import SimulatedCluster

extension Responder {
    func failed(_ failure: Failure) -> Answer {
        switch failure {
        case .status: return refused(failure)
        case .databaseDown where plugin == .controller && !needsDatabase: return answeredWithoutDatabase()
        case .databaseDown: return refused(failure)
        case .token, .controllerDown, .controllerFrozen:
            if request.endpoint == .openAPI || plugin == .accounting && failure != .token { return answer() }
            return request.isTolerantPing && !(failure == .token && needsDatabase)
                ? unanswered(failure) : refused(failure)
        }
    }

    /// Release 23.11 connects to the database for every question, and takes it for a failure of its own if it can't.
    private var needsDatabase: Bool { release == .v2311 && request.endpoint != .openAPI }

    /// In 26.11 partitions are there in full, and a failure all the same.
    private func answeredWithoutDatabase() -> Answer {
        guard release >= .v2405, request.endpoint != .openAPI else { return answer() }
        var responder = self
        responder.warnings = [Self.withoutDatabase]
        if release >= .v2611, request.endpoint == .partitions { responder.fault = Self.databaseFault }
        return responder.answer()
    }

    private func unanswered(_ failure: Failure) -> Answer {
        let error = fault(for: failure).error
        return document(
            Reply(content: [.list("pings", PingFields.all, cluster.controllers.map { Ping($0, error: error) })]))
    }

    private func refused(_ failure: Failure) -> Answer {
        let list: [Reply.Content] = listName.map { [.nothing($0)] } ?? []
        return document(
            Reply(status: status(of: failure), plugin: plugin, content: list, errors: [fault(for: failure)]))
    }

    /// From release 24.11 on the gateway's own statuses; before that everything is 500, and in 22.05 some of what needs the
    /// database is even 200.
    private func status(of failure: Failure) -> Int {
        let isOld = release <= .v2405
        switch failure {
        case .token where plugin == .accounting: return release <= .v2205 ? 200 : isOld ? 500 : 502
        case .token: return isOld ? 500 : 511
        case .controllerDown: return isOld || hidesCause ? 500 : 502
        case .controllerFrozen: return isOld ? 500 : 504
        case .databaseDown: return release <= .v2205 && hidesDatabase ? 200 : isOld ? 500 : 502
        case .status(let status): return status
        }
    }

    private var hidesCause: Bool { [.jobStates, .shares].contains(request.endpoint) }

    private var hidesDatabase: Bool {
        switch request.endpoint {
        case .accounting(.jobs), .accounting(.job), .accounting(.diag): true
        default: false
        }
    }

    private func fault(for failure: Failure) -> Fault {
        switch failure {
        case .token where plugin == .accounting || needsDatabase: Self.databaseFault
        case .token: failedQuery(Fault.badToken)
        case .controllerDown: failedQuery(Fault.noContact)
        case .controllerFrozen: failedQuery(Fault.timeout)
        case .databaseDown: Self.databaseFault
        case .status: failedQuery((number: -1, error: "Unspecified error"))
        }
    }

    private func failedQuery(_ cause: (number: Int, error: String)) -> Fault {
        Fault(description: "Failure to query", number: cause.number, error: cause.error, source: source)
    }

    private static let databaseFault = Fault(
        description: "Failed to open slurmdbd connection", number: 7000, error: "Unable to connect to database",
        source: "openapi_get_db_conn")

    private static let withoutDatabase = Warning(
        description: "Failed to open connection to slurmdbd. Response fields may not be fully populated or empty.",
        source: "openapi_get_db_conn")

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
        case .openAPI, .health, .diag, .shares, .accounting(.diag): nil
        case .accounting(.jobs), .accounting(.job): "jobs"
        case .accounting(.users): "users"
        case .accounting(.accounts): "accounts"
        case .accounting(.associations): "associations"
        case .accounting(.clusters): "clusters"
        case .accounting(.wckeys): "wckeys"
        case .accounting(.tres): "TRES"
        case .accounting(.qos): qosList
        }
    }
}
