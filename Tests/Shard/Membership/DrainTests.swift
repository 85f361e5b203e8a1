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
        func follow(_ plan: Plan, as shard: String) async -> Following { .entirely }

        func report() async -> WorkReport { WorkReport() }
    }

    /// A coordinator on a busy machine: one heartbeat is lost, and after the next it isn't over yet.
    @Test func aHeartbeatThatFailsIsNoReasonToLeave() async throws {
        let heartbeats = Locked(0)
        let coordinator = try FakeCoordinator {
            let number = heartbeats.withLock { count in
                count += 1
                return count
            }
            guard number > 1 else { return Response(.serviceUnavailable) }
            let answer = HeartbeatAnswer(nextSeconds: 1, mayLeave: number > 2)
            return Response(.ok, body: try! FleetMessage.encode(answer))
        }
        var settings = MembershipSettings()
        settings.coordinators = [coordinator.url]
        let service = try MembershipService(settings, as: "a", Idler(), logger: CollectedLog().log().logger("test")) {
            9341
        }
        await service.stop(before: MonotonicClock.system.now.advanced(by: .seconds(60)))
        #expect(coordinator.heartbeats.map(\.isDraining) == [true, true, true])
    }

    @Test func whereNobodyIsLeftNothingIsWaitedFor() async throws {
        var settings = MembershipSettings()
        settings.coordinators = ["http://127.0.0.1:\(try freePort())"]
        let service = try MembershipService(settings, as: "a", Idler(), logger: CollectedLog().log().logger("test")) {
            9341
        }
        let start = MonotonicClock.system.now
        await service.stop(before: start.advanced(by: .seconds(60)))
        #expect(start.duration(to: MonotonicClock.system.now) < .seconds(10))
    }
}
