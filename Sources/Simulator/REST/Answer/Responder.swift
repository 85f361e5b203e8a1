import SimulatedCluster

/// Answers one request.
struct Responder {
    let request: Request
    let cluster: Cluster
    let dialect: Dialect
    let service: Service
    /// Said beside every answer.
    var warnings: [Warning] = []
    /// What makes a failure of an answer that has been given in full.
    var fault: Fault?

    var query: Query { Query(items: request.query) }

    func answer() -> Answer {
        switch request.endpoint {
        case .openAPI: openAPI()
        case .health: .noContent(dialect)
        case .jobs: jobs()
        case .jobStates: jobStates()
        case .job(let id): job(id)
        case .nodes: nodes()
        case .node(let name): node(name)
        case .partitions: partitions()
        case .partition(let name): partition(name)
        case .reservations: reservations()
        case .reservation(let name): reservation(name)
        case .licenses: licenses()
        case .diag: document(Reply(content: [.record("statistics", DiagFields.all, cluster.statistics)]))
        case .ping: document(Reply(content: [.list("pings", PingFields.all, cluster.controllers.map { Ping($0) })]))
        case .shares: shares()
        case .accounting(let endpoint): accounting(endpoint)
        }
    }

    func document(_ reply: Reply, shows: ShowFlags = .everything) -> Answer {
        var reply = reply
        reply.warnings += warnings
        if let fault {
            reply.status = 500
            reply.errors.append(fault)
        }
        let source = Source(cluster: cluster, dialect: dialect, shows: shows)
        return Answer(status: reply.status, body: reply.body(from: source))
    }

    var version: APIVersion { dialect.version }
    var release: Release { dialect.release }
}

extension ShowFlags {
    static let everything: ShowFlags = [.all, .detail, .mixed]
}
