public import FleetProtocol
import FoundationEssentials
public import HTTP
import HTTPClient
public import HTTPServer
import Locks
import Planning
import Store

extension Router {
    /// The fleet's side of a coordinator: for its shards, for Prometheus, and for people.
    public mutating func addFleet(_ fleet: FleetService) throws(RouteError) {
        try addGuarded(.post, "/api/v1/shards/{id}/heartbeat", fleet.tokens) { heartbeat(of: $0, fleet) }
        try addGuarded(.post, "/api/v1/shards/{id}/drain", fleet.tokens) { drain($0, fleet) }
        try addGuarded(.post, "/api/v1/step-down", fleet.tokens) { _ in stepDown(fleet) }
        let leader: LeaderAnswers
        do throws(HTTPClientError) { leader = try LeaderAnswers(fleet) } catch {
            preconditionFailure("no client for HTTP: \(error)")
        }
        try addGuarded(.get, "/api/v1/fleet", fleet.tokens) {
            leader.answer("/api/v1/fleet", to: $0) { try .json(fleet.status) }
        }
        try addGuarded(.get, "/api/v1/shards", fleet.tokens) {
            leader.answer("/api/v1/shards", to: $0) { try .json(fleet.status?.shards) }
        }
        try addGuarded(.get, "/api/v1/plan", fleet.tokens) { _ in .json { fleet.plan } }
        try addGuarded(.get, "/api/v1/leader", fleet.tokens) { _ in .json { fleet.report } }
        try add(.get, "/targets") { _ in .json { fleet.status.map(targets) } }
    }

    /// For this host, and for whoever has a token of the fleet. What changes something isn't for everybody on this host where
    /// there are tokens: who is taken for a shard is sent them. Nor is it for pages in browsers, which say where they come from.
    public mutating func addGuarded(
        _ method: HTTPMethod, _ path: String, _ tokens: FleetTokens,
        _ handler: @escaping @Sendable (RoutedRequest) -> Answer
    ) throws(RouteError) {
        let isOpenHere = method == .get || tokens.isEmpty
        try add(method, path) { request in
            let authorization = request.fields.combined("Authorization")
            guard isOpenHere && request.isFromThisHost || tokens.admits(authorization: authorization) else {
                return .problem(.unauthorized, FleetTokens.demand, ["WWW-Authenticate": "Bearer"])
            }
            guard method == .get || request.fields["Origin"] == nil else {
                return .problem(.forbidden, "this is not for browsers")
            }
            return handler(request)
        }
    }
}

private func heartbeat(of request: RoutedRequest, _ fleet: FleetService) -> Answer {
    let shard = request.parameters["id"]
    guard ShardName.holds(shard) else { return .noName }
    let body = request.request.body
    let peer = request.peer.host
    return .work { writer in
        let heartbeat: Heartbeat
        do throws(MalformedMessage) {
            heartbeat = try FleetMessage.decode(Heartbeat.self, from: body).withinLimits
        } catch {
            return writer.respond(.problem(.badRequest, "the heartbeat \(error.reason)"))
        }
        guard let host = heartbeat.host ?? peer, isHost(host), (1...65_535).contains(heartbeat.port) else {
            return writer.respond(.problem(.badRequest, "the heartbeat doesn't say where the shard listens"))
        }
        let answer: Led<HeartbeatAnswer>
        do throws(NameConflict) {
            answer = try await fleet.take(heartbeat, from: shard, url: "http://\(bracketed(host)):\(heartbeat.port)")
        } catch {
            return writer.respond(.problem(.conflict, "\(error)"))
        }
        switch answer {
        case .done(let answer):
            let body = try fleet.answers.withLock { encoded throws in try encoded.bytes(of: answer) }
            writer.respond(Response(.ok, ["Content-Type": "application/json"], body: body))
        case .elsewhere: writer.respond(.misdirected(to: fleet.leaderElsewhere?.url))
        }
    }
}

/// A name or an address, and nothing that would make another URL.
private func isHost(_ host: String) -> Bool {
    !host.isEmpty && host.utf8.count <= 255
        && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-:[]%".contains($0)) }
}

private func bracketed(_ host: String) -> String {
    host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
}

private func drain(_ request: RoutedRequest, _ fleet: FleetService) -> Answer {
    let shard = request.parameters["id"]
    guard ShardName.holds(shard) else { return .noName }
    return .work { writer in
        switch await fleet.drain(shard) {
        case .done(true): writer.respond(Response(.accepted, text: "draining \(shard)"))
        case .done(false): writer.respond(.problem(.notFound, "no shard '\(shard)'"))
        case .elsewhere: writer.respond(.misdirected(to: fleet.leaderElsewhere?.url))
        }
    }
}

private func stepDown(_ fleet: FleetService) -> Answer {
    switch fleet.stepDown() {
    case .done: .response(Response(.accepted, text: "stepping down"))
    case .elsewhere: .response(.misdirected(to: fleet.leaderElsewhere?.url))
    }
}

/// Prometheus' HTTP service discovery: one group a shard.
private struct TargetGroup: Encodable {
    let targets: [String]
    let labels: [String: String]
}

private func targets(_ status: FleetStatus) -> [TargetGroup] {
    status.shards.filter { $0.state != .lost }.map { shard in
        TargetGroup(
            targets: [String(shard.url.dropFirst("http://".count))], labels: ["__meta_slurm_fleet_shard": shard.id])
    }
}

extension Answer {
    fileprivate static func json<Value: Encodable & Sendable & SendableMetatype>(
        _ value: @escaping @Sendable () -> Value?
    ) -> Answer {
        .work { writer in writer.respond(try .json(value())) }
    }

    fileprivate static var noName: Answer { .problem(.badRequest, "the name of a shard is \(ShardName.rule)") }

    public static func problem(_ status: HTTPStatus, _ detail: String, _ fields: HTTPFields = [:]) -> Answer {
        .response(.problem(status, detail, fields))
    }
}

extension Response {
    /// - Parameter value: nil before there is one.
    fileprivate static func json(_ value: (some Encodable)?) throws -> Response {
        guard let value else { return .problem(.serviceUnavailable, "no plan yet") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let body = Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
        return Response(.ok, ["Content-Type": "application/json"], body: body)
    }

    /// What only the leader does.
    ///
    /// - Parameter leader: nil where none is known.
    fileprivate static func misdirected(to leader: String?) -> Response {
        guard let leader else { return .problem(.serviceUnavailable, "no coordinator leads at this moment") }
        return .problem(.misdirectedRequest, "another coordinator leads: \(leader)", ["X-Slurm-Leader": leader])
    }

    /// What a router says of itself: under `/api/` a problem document, as all answers there that are none.
    public static let refusal: Router.Refusal = { path, status, detail, fields in
        guard path.hasPrefix("/api/") else { return Router.text(path, status, detail, fields) }
        guard detail.isEmpty else { return .problem(status, detail, fields) }
        let allowed = fields["Allow"].map { "\(path) takes \($0) only" }
        return .problem(status, allowed ?? "there is no \(path)", fields)
    }

    /// A problem document (RFC 9457).
    fileprivate static func problem(_ status: HTTPStatus, _ detail: String, _ fields: HTTPFields = [:]) -> Response {
        var fields = fields
        fields.set("Content-Type", "application/problem+json")
        let problem = Problem(status: Int(status.code), title: status.description, detail: detail)
        let body = (try? FleetMessage.encode(problem)) ?? []
        return Response(status, fields, body: body)
    }
}
