/// A question to the server.
public struct Request: Hashable, Sendable {
    public var version: APIVersion
    public var endpoint: Endpoint
    public var query: [QueryItem]

    public init(_ version: APIVersion, _ endpoint: Endpoint, query: [QueryItem] = []) {
        self.version = version
        self.endpoint = endpoint
        self.query = query
    }

    /// Reads a decoded path such as `/slurmdb/v0.0.44/qos`; nothing where no version has it.
    ///
    /// Some have no version in their path; the service answers for the newest that it offers.
    public init?(path: String, query: [QueryItem] = []) {
        let components = path.split(separator: "/").map { String($0) }
        if ["openapi", "openapi.json", "openapi/v3"].contains(components.joined(separator: "/")) {
            self.init(.v46, .openAPI, query: query)
            return
        }
        if components.count == 1, Endpoint.healthPaths.contains(components[0]) {
            self.init(.v46, .health, query: query)
            return
        }
        guard components.count > 2, let version = APIVersion(name: components[1]) else { return nil }
        let endpoint: Endpoint? =
            switch components[0] {
            case "slurm": .controller(components[2...])
            case "slurmdb": .accounting(components[2...])
            default: nil
            }
        guard let endpoint else { return nil }
        self.init(version, endpoint, query: query)
    }
}
