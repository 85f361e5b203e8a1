public import FleetProtocol
import HTTPClient
import Locks

/// The coordinators that a shard knows: asks the one that answered last; where that one doesn't, or doesn't lead, the one
/// that it says leads, or the next.
public final class Coordinators: Sendable {
    private let urls: [String]
    private let tokens: FleetTokens
    private let client: HTTPClient
    private let current = Locked(0)

    public struct Unavailable: Error, CustomStringConvertible {
        public let description: String
        /// Whether none has said anything, not even that another leads.
        public let isSilence: Bool
        /// Whether another process has the shard's name.
        public let isNameTaken: Bool
    }

    /// An answer that doesn't come from whoever leads, or isn't for us.
    private struct Refusal: Error, CustomStringConvertible {
        let description: String
        let leader: String?
        let isNameTaken: Bool
    }

    public init(_ urls: [String], tokens: FleetTokens) throws {
        self.urls = urls
        self.tokens = tokens
        client = try HTTPClient()
    }

    /// - Parameter patience: how long one of several may take: a heartbeat should reach somebody before it is missed.
    /// - Throws: what the last one said, where none answered.
    public func send(
        _ heartbeat: Heartbeat, of shard: String, patience: Duration
    ) async throws(Unavailable) -> HeartbeatAnswer {
        let patience = urls.count > 1 ? min(max(patience, .milliseconds(500)), .seconds(3)) : .seconds(3)
        var last = Unavailable(description: "no coordinator", isSilence: true, isNameTaken: false)
        for _ in urls {
            let place = current.withLock { $0 }
            do {
                return try await send(heartbeat, of: shard, to: urls[place], patience)
            } catch {
                let refusal = error as? Refusal
                last = Unavailable(
                    description: "\(urls[place]): \(error)", isSilence: last.isSilence && refusal == nil,
                    isNameTaken: refusal?.isNameTaken ?? false)
                if last.isNameTaken { throw last }
                // The token is for those that are configured: whom they name may be anybody.
                let leader = refusal?.leader.flatMap(urls.firstIndex)
                current.withLock { $0 = leader ?? (place + 1) % urls.count }
            }
        }
        throw last
    }

    private func send(
        _ heartbeat: Heartbeat, of shard: String, to url: String, _ patience: Duration
    ) async throws -> HeartbeatAnswer {
        var fields = [(name: "Content-Type", value: "application/json")]
        if let authorization = try tokens.authorization {
            fields.append((name: "Authorization", value: authorization))
        }
        var request = try HTTPClient.Request(
            .post, "\(url)/api/v1/shards/\(shard)/heartbeat", fields: fields, body: try FleetMessage.encode(heartbeat))
        request.limit = FleetMessage.limit
        request.deadlines = .init(
            connect: min(patience, .seconds(2)), firstByte: patience, stall: .seconds(3), total: .seconds(5))
        let response = try await client.send(request)
        let body = try await response.body.collect(upTo: FleetMessage.limit)
        guard response.status == 200 else {
            let reason = Problem.detail(in: body) ?? String(decoding: body.prefix(200), as: UTF8.self)
            throw Refusal(
                description: "answers with \(response.status): \(reason)",
                leader: response.fields["X-Slurm-Leader"], isNameTaken: response.status == 409)
        }
        return try FleetMessage.decode(HeartbeatAnswer.self, from: body)
    }
}
