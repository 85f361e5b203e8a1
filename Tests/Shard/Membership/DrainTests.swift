import FleetProtocol
import HTTP
import HTTPServer
import Locks
import Membership
import ServiceRuntime
import TestSupport
import Testing

struct DrainTests {
    /// Somebody who does nothing.
    private struct Idler: FleetMember {
        func follow(_ plan: Plan, as shard: String) async -> String? { nil }

        func report() async -> WorkReport { WorkReport() }
    }

    /// A coordinator on a busy machine: one heartbeat is lost, and after the next it isn't over yet.
    @Test func aHeartbeatThatFailsIsNoReasonToLeave() async throws {
        let heartbeats = Locked(0)
        var router = Router()
        try router.add(.post, "/api/v1/shards/{id}/heartbeat") { _ in
            let number = heartbeats.withLock { count in
                count += 1
                return count
            }
            guard number > 1 else { return .response(Response(.serviceUnavailable)) }
            let answer = HeartbeatAnswer(nextSeconds: 1, mayLeave: number > 2)
            return .response(Response(.ok, body: try! FleetMessage.encode(answer)))
        }
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        var settings = MembershipSettings()
        settings.shard = "a"
        settings.coordinators = ["http://127.0.0.1:\(server.addresses[0].port!)"]
        let service = try MembershipService(settings, Idler(), logger: CollectedLog().log().logger("test")) { 1 }
        await service.stop(before: MonotonicClock.system.now.advanced(by: .seconds(60)))
        #expect(heartbeats.withLock { $0 } == 3)
        _ = await server.stop(within: .seconds(1))
    }
}
