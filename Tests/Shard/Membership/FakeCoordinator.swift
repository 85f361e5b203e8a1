import FleetProtocol
import HTTP
import HTTPServer
import Locks

/// A coordinator that answers heartbeats as it is told to, and keeps them.
final class FakeCoordinator: Sendable {
    let url: String
    private let server: HTTPServer
    private let state: Locked<State>

    private struct State {
        var heartbeats: [Heartbeat] = []
        var answer: @Sendable () -> Response
    }

    init(_ answer: @escaping @Sendable () -> Response = { FakeCoordinator.taken() }) throws {
        let state = Locked(State(answer: answer))
        self.state = state
        var router = Router()
        try router.add(.post, "/api/v1/shards/{id}/heartbeat") { request in
            let heartbeat = try? FleetMessage.decode(Heartbeat.self, from: request.request.body)
            return .response(
                state.withLock { state in
                    state.heartbeats += heartbeat.map { [$0] } ?? []
                    return state.answer
                }())
        }
        server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        url = "http://127.0.0.1:\(server.addresses[0].port ?? 0)"
    }

    var heartbeats: [Heartbeat] { state.withLock { $0.heartbeats } }

    func answer(with answer: @escaping @Sendable () -> Response) {
        state.withLock { $0.answer = answer }
    }

    static func taken(with plan: Plan? = nil) -> Response {
        let answer = HeartbeatAnswer(plan: plan, nextSeconds: 0.05)
        return Response(.ok, body: (try? FleetMessage.encode(answer)) ?? [])
    }

    static func conflict() -> Response {
        let problem = Problem(status: 409, title: "Conflict", detail: "the name is another's")
        return Response(.conflict, body: (try? FleetMessage.encode(problem)) ?? [])
    }

    static func standby(of leader: String) -> Response {
        Response(.misdirectedRequest, ["X-Slurm-Leader": leader], text: "another coordinator leads: \(leader)")
    }
}
