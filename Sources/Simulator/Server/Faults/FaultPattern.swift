import SimulatedREST

/// Which answers a fault strikes: a path such as `slurm/v0.0.44/jobs`, its name without the version such as
/// `slurm/jobs`, or the last part of that; `*` stands for anything. Slashes at the ends don't count.
struct FaultPattern: Hashable, Sendable {
    let text: String
    private let glob: Glob

    init(_ text: String) throws(FaultError) {
        self.text = Self.bare(text)
        glob = Glob(self.text)
        guard meansSomething else {
            let names = Self.endpoints.map(\.text).joined(separator: ", ")
            throw FaultError("\(text) is no endpoint: write one of \(names), a path with a version, or * for any part")
        }
    }

    func concerns(_ endpoint: EndpointName, path: String) -> Bool {
        glob.matches(endpoint.text) || glob.matches(Self.bare(path)) || glob.matches(endpoint.last)
    }

    private var meansSomething: Bool {
        Self.endpoints.contains { glob.matches($0.text) || glob.matches($0.last) }
            || APIVersion.allCases.contains { version in
                Endpoint.paths(in: version).contains { glob.matches($0.path) } || namesRecord(in: version)
            }
    }

    /// Whether it is the path of one record, such as `slurm/*/node/cn01`.
    private func namesRecord(in version: APIVersion) -> Bool {
        var parts = text.split(separator: "/").map { String($0) }
        guard parts.count > 2, Glob(parts[1]).matches(version.name) else { return false }
        parts[1] = version.name
        return Request(path: parts.joined(separator: "/")) != nil
    }

    private static let endpoints: [EndpointName] = {
        let names = Endpoint.paths(in: .v46).map { EndpointName($0.endpoint) }
        return Set(names).sorted { $0.text < $1.text } + [.unknown]
    }()

    private static func bare(_ path: String) -> String {
        path.split(separator: "/").joined(separator: "/")
    }
}
