public import SimulatedCluster

/// A slurmrestd: answers questions about a cluster.
public struct Service: Sendable {
    /// The API versions that it offers.
    public let versions: [APIVersion]
    private let release: Release?
    private let style: JSONStyle?

    /// - Parameters:
    ///   - versions: the API versions to offer, any of them: a real server has at most four.
    ///   - release: what the server is; without it each version is answered as by the newest release that has it.
    ///   - style: without it the release's usual one.
    public init(versions: [APIVersion] = APIVersion.allCases, release: Release? = nil, style: JSONStyle? = nil) {
        self.versions = versions.sorted()
        self.release = release
        self.style = style
    }

    /// Answers a question about the state of a cluster, which is held until the answer is let go.
    ///
    /// - Parameter failure: what keeps the server from it; the release and the endpoint decide how that looks.
    public func answer(to request: Request, from cluster: Cluster, failing failure: Failure? = nil) -> Answer {
        let request = request.endpoint.hasVersion ? request : aboutAllVersions(request)
        let dialect = dialect(for: request.version)
        guard offers(request) else { return notFound(dialect) }
        let responder = Responder(request: request, cluster: cluster, dialect: dialect, service: self)
        return failure.map { responder.failed($0) } ?? responder.answer()
    }

    func offers(_ request: Request) -> Bool {
        switch request.endpoint {
        case .openAPI: true
        case .health: dialect(for: versions.last ?? .v46).release >= .v2605
        default: versions.contains(request.version) && request.endpoint.versions.contains(request.version)
        }
    }

    /// What has no version of its own is the newest one's.
    private func aboutAllVersions(_ request: Request) -> Request {
        var request = request
        request.version = versions.last ?? request.version
        return request
    }

    /// Answers a path that nothing is known about.
    public func notFound() -> Answer {
        notFound(dialect(for: versions.last ?? .v46))
    }

    func dialect(for version: APIVersion) -> Dialect {
        let release = release ?? version.newestRelease
        return Dialect(version: version, release: release, style: style ?? release.usualStyle)
    }

    private func notFound(_ dialect: Dialect) -> Answer {
        .plain(404, dialect.release <= .v2505 ? Self.unknownPath : Self.unknownEndpoint, dialect)
    }

    private static let unknownPath = "Unable find requested URL. Please view /openapi/v3 for API reference."
    private static let unknownEndpoint = """
        Unable to find requested URL endpoint. Please query the '/openapi/v3' endpoint or visit \
        'https://slurm.schedmd.com/rest_api.html' for the OpenAPI specification which includes a list of all \
        possible slurmrestd endpoints.
        """
}
