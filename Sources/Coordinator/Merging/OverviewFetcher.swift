import HTTPClient
import SnapshotFormat

/// Asks one shard what its slices are at.
struct OverviewFetcher: Sendable {
    private let address: String
    private let client: HTTPClient
    /// An answer, and what it says: the same bytes say the same.
    private var last: (body: [UInt8], overview: SnapshotOverview)?

    /// It is short, and asked for instead of what may be long: a shard that doesn't give it in time is asked for that.
    private static let timeout = Duration.seconds(1)
    /// Of a thousand slices it has a tenth.
    private static let limit = 1 << 20
    private static let backlog = 16 << 10

    init(_ address: String, client: HTTPClient) {
        self.address = address
        self.client = client
    }

    /// - Returns: nil where the shard doesn't tell.
    mutating func fetch(token: String?) async -> SnapshotOverview? {
        guard let body = try? await body(token) else { return nil }
        if let last, last.body == body { return last.overview }
        guard let overview = SnapshotOverview(bytes: body) else { return nil }
        last = (body, overview)
        return overview
    }

    private func body(_ token: String?) async throws -> [UInt8]? {
        let fields = token.map { [(name: "Authorization", value: "Bearer \($0)")] } ?? []
        var request = try HTTPClient.Request(.get, address, fields: fields)
        request.backlog = Self.backlog
        request.deadlines = HTTPClient.Deadlines(connect: Self.timeout, stall: nil, total: Self.timeout)
        let response = try await client.send(request)
        return response.status == 200 ? try await response.body.collect(upTo: Self.limit) : nil
    }
}
