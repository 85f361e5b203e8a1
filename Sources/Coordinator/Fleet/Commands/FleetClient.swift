public import FleetProtocol
import HTTPClient
public import Planning

/// Asks a coordinator, for people at a terminal.
public struct FleetClient: Sendable {
    private let url: String
    private let tokens: FleetTokens
    private let client: HTTPClient

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public init(_ url: String, tokens: FleetTokens) throws {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.tokens = tokens
        client = try HTTPClient()
    }

    public func status() async throws -> FleetStatus {
        try fleet(in: try await statusDocument())
    }

    /// As the leader gives it, who alone hears the shards; as the asked one sees it where that one doesn't answer.
    public func statusDocument() async throws -> [UInt8] {
        let document = try await send(.get, "/api/v1/fleet")
        let status = try fleet(in: document)
        guard status.isDeposed, let leader = status.coordinators.first(where: { $0.leads == true }) else {
            return document
        }
        return (try? await send(.get, "/api/v1/fleet", at: leader.url)) ?? document
    }

    private func fleet(in document: [UInt8]) throws -> FleetStatus {
        do throws(MalformedMessage) { return try FleetMessage.decode(FleetStatus.self, from: document) } catch {
            throw Failure(description: "what \(url) says of its fleet \(error.reason)".printable)
        }
    }

    public func drain(_ shard: String) async throws {
        try await tellLeader("/api/v1/shards/\(shard)/drain")
    }

    /// Has the leader hand over to another coordinator.
    public func stepDown() async throws {
        try await tellLeader("/api/v1/step-down")
    }

    /// Whoever is asked, it is the leader who does it.
    private func tellLeader(_ path: String) async throws {
        do {
            _ = try await send(.post, path)
        } catch let elsewhere as LedElsewhere {
            _ = try await send(.post, path, at: elsewhere.leader)
        }
    }

    private struct LedElsewhere: Error, CustomStringConvertible {
        let leader: String
        let description: String
    }

    private func send(
        _ method: HTTPClient.Method, _ path: String, at other: String? = nil
    ) async throws -> [UInt8] {
        let url = other ?? url
        var fields: [(name: String, value: String)] = []
        if let authorization = try tokens.authorization { fields.append((name: "Authorization", value: authorization)) }
        var request = try HTTPClient.Request(method, url + path, fields: fields)
        request.deadlines = .init(connect: .seconds(3), total: .seconds(10))
        let response = try await client.send(request)
        let body = try await response.body.collect(upTo: FleetMessage.limit)
        guard !(200..<300).contains(response.status) else { return body }
        let text = String(decoding: body.prefix(500), as: UTF8.self)
        let reason = (Problem.detail(in: body) ?? "\(url) answers with \(response.status): \(text)").printable
        if response.status == 421, let leader = response.fields["X-Slurm-Leader"] {
            throw LedElsewhere(leader: leader, description: reason)
        }
        throw Failure(description: reason)
    }
}
