/// One way to ask, as the OpenAPI document describes it.
struct Operation {
    let path: String
    let tag: String
    let id: String
    let summary: String
    let parameters: [Parameter]

    static let tags = [
        (name: "slurm", description: "what slurmctld is asked for"),
        (name: "slurmdb", description: "what slurmdbd is asked for"),
        (name: "openapi", description: "this document"),
    ]

    static let document = Operation(
        path: "/openapi/v3", tag: "openapi", id: "get_openapi_v3", summary: "get this document", parameters: [])

    private init(path: String, tag: String, id: String, summary: String, parameters: [Parameter]) {
        self.path = path
        self.tag = tag
        self.id = id
        self.summary = summary
        self.parameters = parameters
    }

    /// - Parameter path: below `/slurm/v0.0.N/` or `/slurmdb/v0.0.N/`.
    init(_ version: APIVersion, _ path: String, _ endpoint: Endpoint) {
        let tag = if case .accounting = endpoint { "slurmdb" } else { "slurm" }
        let name = path.split(separator: "/").filter { !$0.hasPrefix("{") }.joined(separator: "_")
        self.init(
            path: "/\(tag)/\(version.name)/\(path)" + (Self.endsInSlash(path, version) ? "/" : ""), tag: tag,
            id: "\(tag)_v00\(version.rawValue)_get_\(name)",
            summary: "get \(name.split(separator: "_").joined(separator: " "))",
            parameters: endpoint.parameters.filter { $0.versions.contains(version) })
    }

    /// As slurmrestd lists its paths; it answers with and without.
    private static func endsInSlash(_ path: String, _ version: APIVersion) -> Bool {
        version != .v39 && path != "shares" && !path.hasSuffix("}")
    }
}

/// A parameter that this server looks at; a real one has more.
struct Parameter {
    let name: String
    var versions = ClosedRange<APIVersion>.all
    var isInPath = false
    /// Empty where any text is allowed.
    var words: [String] = []

    static func path(_ name: String) -> Parameter { Parameter(name: name, isInPath: true) }

    static func query(_ name: String, _ versions: ClosedRange<APIVersion> = .all) -> Parameter {
        Parameter(name: name, versions: versions)
    }

    static let flags = Parameter(name: "flags", versions: .since(.v40), words: ShowFlags.names.map { $0.name })
}

extension Endpoint {
    var parameters: [Parameter] {
        switch self {
        case .jobs, .nodes, .partitions: [.query("update_time"), .flags]
        case .job: [.path("job_id"), .query("update_time", .since(.v40)), .flags]
        case .node: [.path("node_name"), .query("update_time", .since(.v40)), .flags]
        case .partition: [.path("partition_name"), .query("update_time"), .flags]
        case .reservations: [.query("update_time")]
        case .reservation: [.path("reservation_name"), .query("update_time")]
        case .jobStates: [.query("job_id", .since(.v42))]
        case .shares: [.query("accounts"), .query("users")]
        case .licenses, .diag, .ping, .openAPI, .health: []
        case .accounting(let endpoint): endpoint.parameters
        }
    }
}

extension Endpoint.Accounting {
    fileprivate var parameters: [Parameter] {
        switch self {
        case .jobs: Self.jobParameters
        case .job: [.path("job_id")]
        case .associations: [.query("account"), .query("user")]
        case .accounts:
            [
                .query("with_assocs", .only(.v40)), .query("with_coords", .only(.v40)),
                .query("WithAssociations", .since(.v41)), .query("WithCoordinators", .since(.v41)),
            ]
        case .users: ["with_assocs", "with_coords", "with_wckeys"].map { .query($0, .since(.v40)) }
        case .qos, .clusters, .tres, .wckeys, .diag: []
        }
    }

    private static let jobParameters: [Parameter] =
        [
            "account", "cluster", "constraints", "end_time", "job_name", "node", "partition", "qos", "reservation",
            "skip_steps", "start_time", "state", "step", "wckey",
        ].map { .query($0) }
        + ["disable_truncate_usage_time", "groups", "show_duplicates", "users"].map { .query($0, .since(.v39)) }
}

extension JSONWriter {
    mutating func operation(_ operation: Operation) {
        key(named: operation.path)
        object { writer in
            writer.key("get")
            writer.object { writer in
                writer.key("tags")
                writer.list(CollectionOfOne(operation.tag)) { $1.string($0) }
                writer.member("summary", operation.summary)
                writer.member("operationId", operation.id)
                writer.key("parameters")
                writer.list(operation.parameters) { $1.parameter($0) }
                writer.key("responses")
                writer.object { writer in
                    for status in ["200", "default"] {
                        writer.key(named: status)
                        writer.response(operation.summary)
                    }
                }
            }
        }
    }

    private mutating func parameter(_ parameter: Parameter) {
        object { writer in
            writer.member("in", parameter.isInPath ? "path" : "query")
            writer.member("name", parameter.name)
            writer.member("style", parameter.isInPath ? "simple" : "form")
            writer.key("explode")
            writer.bool(false)
            writer.key("required")
            writer.bool(parameter.isInPath)
            writer.key("schema")
            writer.object { writer in
                writer.member("type", "string")
                guard !parameter.words.isEmpty else { return }
                writer.key("enum")
                writer.list(parameter.words) { $1.string($0) }
            }
        }
    }

    private mutating func response(_ description: String) {
        object { writer in
            writer.member("description", description)
            writer.key("content")
            writer.object { writer in
                writer.key("application/json")
                writer.object { writer in
                    writer.key("schema")
                    writer.object { $0.member("type", "object") }
                }
            }
        }
    }

    /// Any of these: user and token, the token alone, a bearer token, and nothing where a socket says who asks.
    mutating func securityRequirements() {
        let alternatives: [[StaticString]] = [["user", "token"], ["token"], ["bearerAuth"], []]
        list(alternatives) { names, writer in
            writer.object { writer in
                for name in names {
                    writer.key(name)
                    writer.emptyList()
                }
            }
        }
    }

    mutating func securitySchemes() {
        object { writer in
            for (name, header) in [("user", "X-SLURM-USER-NAME"), ("token", "X-SLURM-USER-TOKEN")] {
                writer.key(named: name)
                writer.object { writer in
                    writer.member("type", "apiKey")
                    writer.member("name", header)
                    writer.member("in", "header")
                }
            }
            writer.key("bearerAuth")
            writer.object { writer in
                writer.member("type", "http")
                writer.member("scheme", "bearer")
                writer.member("bearerFormat", "JWT")
            }
        }
    }
}
