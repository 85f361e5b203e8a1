import FleetProtocol
import HTTP
import HTTPServer
import Membership
import Testing

struct CoordinatorsTests {
    private let heartbeat = Heartbeat(nonce: "n", port: 1, isReady: true)

    private func send(to coordinators: Coordinators) async throws {
        _ = try await coordinators.send(heartbeat, of: "a", patience: .seconds(2))
    }

    @Test func whoeverIsSaidToLeadIsAskedNext() async throws {
        let (leader, other) = (try FakeCoordinator(), try FakeCoordinator { Response(.serviceUnavailable, text: "") })
        let standby = try FakeCoordinator { [url = leader.url] in FakeCoordinator.standby(of: url) }
        let coordinators = try Coordinators([standby.url, other.url, leader.url], tokens: FleetTokens())
        try await send(to: coordinators)
        try await send(to: coordinators)
        #expect([standby, other, leader].map(\.heartbeats.count) == [1, 0, 2])
    }

    @Test func nobodyIsAskedWhoIsNotConfigured() async throws {
        let stranger = try FakeCoordinator()
        let standby = try FakeCoordinator { [url = stranger.url] in FakeCoordinator.standby(of: url) }
        let coordinators = try Coordinators([standby.url], tokens: FleetTokens())
        let error = await #expect(throws: Coordinators.Unavailable.self) { try await send(to: coordinators) }
        #expect(error?.isSilence == false)
        #expect(error?.description.contains(stranger.url) == true)
        #expect(stranger.heartbeats.isEmpty)
    }

    @Test func whoseNameIsTakenAsksNobodyElse() async throws {
        let (leader, other) = (try FakeCoordinator { FakeCoordinator.conflict() }, try FakeCoordinator())
        let coordinators = try Coordinators([leader.url, other.url], tokens: FleetTokens())
        let error = await #expect(throws: Coordinators.Unavailable.self) { try await send(to: coordinators) }
        #expect(error?.isNameTaken == true)
        #expect(error?.description == "\(leader.url): answers with 409: the name is another's")
        #expect(other.heartbeats.isEmpty)
    }

    @Test func silenceIsToldFromARefusal() async throws {
        let refusing = try FakeCoordinator { Response(.unauthorized, text: "this needs a token") }
        let nobody = "http://127.0.0.1:1"
        for (urls, isSilence) in [([nobody], true), ([refusing.url, nobody], false), ([nobody, refusing.url], false)] {
            let coordinators = try Coordinators(urls, tokens: FleetTokens())
            let error = await #expect(throws: Coordinators.Unavailable.self) { try await send(to: coordinators) }
            #expect(error?.isSilence == isSilence)
        }
    }
}
