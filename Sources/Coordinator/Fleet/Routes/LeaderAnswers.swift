import FleetProtocol
import HTTP
import HTTPClient
import HTTPServer

/// What the leader alone knows, since it alone hears the shards: whoever is asked gives the leader's answer. Where that one
/// has none, or not soon, the answer is made of what is known here, and says so.
struct LeaderAnswers: Sendable {
    private let fleet: FleetService
    private let client: HTTPClient

    /// Says whose answer it is: `leader`, or `own` of a coordinator that doesn't lead.
    static let sourceField = "X-Slurm-Fleet-Source"
    /// Tells a coordinator that it is asked by another one, and so is to answer itself.
    static let relayField = "X-Slurm-Fleet-Relayed"

    init(_ fleet: FleetService) throws(HTTPClientError) {
        self.fleet = fleet
        client = try HTTPClient()
    }

    /// - Parameter own: as this coordinator answers.
    func answer(
        _ path: String, to request: RoutedRequest, own: @escaping @Sendable () throws -> Response
    ) -> Answer {
        .work { writer in
            if request.fields[Self.relayField] == nil, let leader = fleet.answeringLeader,
                let response = await ask(leader + path)
            {
                return writer.respond(response)
            }
            let source = fleet.leads ? "leader" : "own"
            var response = try own()
            response.head.fields.set(Self.sourceField, source)
            writer.respond(response)
        }
    }

    /// - Returns: nil where there is no answer, or it isn't a leader's any more.
    private func ask(_ url: String) async -> Response? {
        do {
            var fields = [(name: Self.relayField, value: "1")]
            if let authorization = try fleet.tokens.authorization { fields.append(("Authorization", authorization)) }
            var request = try HTTPClient.Request(.get, url, fields: fields)
            request.deadlines = .init(connect: .milliseconds(500), total: .seconds(1))
            request.limit = FleetMessage.limit
            let response = try await client.send(request)
            guard response.status == 200, response.fields[Self.sourceField] != "own" else { return nil }
            let body = try await response.body.collect(upTo: FleetMessage.limit)
            return Response(.ok, ["Content-Type": "application/json", Self.sourceField: "leader"], body: body)
        } catch {
            return nil
        }
    }
}
