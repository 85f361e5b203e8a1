import SimulatedREST

/// An endpoint without version and names: one of a few, whatever clients ask for.
struct EndpointName: Hashable, Sendable {
    let text: String

    static let unknown = EndpointName(text: "unknown")

    init(_ endpoint: Endpoint) {
        text =
            switch endpoint {
            case .openAPI: "openapi"
            case .health: "health"
            case .jobStates: "slurm/jobs/state"
            case .accounting(let endpoint): "slurmdb/" + Self.bare("\(endpoint)")
            default: "slurm/" + Self.bare("\(endpoint)")
            }
    }

    private init(text: String) {
        self.text = text
    }

    /// The name of a case without what it carries.
    private static func bare(_ name: String) -> String { String(name.prefix { $0 != "(" }) }

    /// Its last part: `jobs`.
    var last: String { String(text.split(separator: "/").last ?? "") }

    /// Whether an answer costs a server so much that it should not have to give two at once.
    var isHeavy: Bool { Self.heavy.contains(text) }

    private static let heavy: Set = ["slurm/jobs", "slurm/nodes", "slurmdb/jobs", "slurmdb/associations"]
}
