import Configuration
import Foundation
import Metrics
import ServiceRuntime
import TestSupport
import Testing

@testable import Upstreams

/// Addresses, tokens and versions that come and go.
struct ChangeTests {
    @Test func goesOnWithTheNextAddressAndStaysThere() async throws {
        let simulator = try await TestSimulator()
        let gone = "http://127.0.0.1:\(try freePort())"
        let rig = try Rig([gone, simulator.address], every: 0.1)
        #expect(try await rig.run { rig.recorder.answers.count >= 10 })
        #expect(rig.recorder.errors.map(\.label) == ["connect"])
        #expect(rig.upstream.status.address == simulator.address)
    }

    @Test func speaksOverASocket() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.url.appending(path: "slurmrestd").path
        let simulator = try await TestSimulator("--listen", "127.0.0.1:0,unix:\(path)")
        let rig = try Rig(["unix:\(path)"])
        try await rig.collectOnce()
        #expect(rig.recorder.answers.count == 5)
        withExtendedLifetime((simulator, directory)) {}
    }

    @Test(arguments: RestSettings.Authentication.allCases)
    func showsItsToken(authentication: RestSettings.Authentication) async throws {
        let simulator = try await TestSimulator("--token", "secret")
        let rig = try Rig([simulator.address], [.diag]) {
            $0.rest.user = "monitor"
            $0.rest.token = Secret("secret")
            $0.rest.authentication = authentication
        }
        try await rig.collectOnce()
        #expect(rig.recorder.errors.isEmpty)
        #expect(!rig.log.lines.contains { $0.contains("secret") })
    }

    @Test func readsATokenAgainAfterItWasRefused() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.url.appending(path: "token")
        try Data("old\n".utf8).write(to: file)
        let simulator = try await TestSimulator("--token", "new")
        let rig = try Rig([simulator.address], [.diag], every: 30) {
            $0.rest.token = Secret(file: file.path)
            $0.queue.retryDelaySeconds = 0.5
        }
        #expect(try await rig.run { rig.recorder.errors.count == 1 })
        try Data("new\n".utf8).write(to: file, options: .atomic)
        #expect(try await rig.run { !rig.recorder.answers.isEmpty })
        #expect(rig.recorder.labels(.diag) == ["auth"])
        withExtendedLifetime(directory) {}
    }

    @Test func aRefusedTokenIsTriedOnceMoreAndNoMore() async throws {
        let simulator = try await TestSimulator("--token", "good")
        let rig = try Rig([simulator.address], [.diag, .jobs]) { $0.rest.token = Secret("bad") }
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.diag) == ["auth", "auth"])
        #expect(rig.recorder.labels(.jobs) == ["auth", "auth"])
    }

    @Test func aTokenFileThatIsGoneIsAnErrorOfAuthentication() async throws {
        let rig = try Rig(["http://127.0.0.1:1"], [.diag]) { $0.rest.token = Secret(file: "/nonexistent/token") }
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.diag) == ["auth", "auth"])
        #expect(rig.recorder.errors[0].reason.contains("/nonexistent/token"))
    }

    @Test func tellsWhenATokenExpires() async throws {
        // {"alg":"HS256","typ":"JWT"}.{"exp":1700000000,"iat":1,"sun":"monitor"}
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3MDAwMDAwMDAsImlhdCI6MSwic3VuIjoibW9uaXRvciJ9.c2ln"
        let simulator = try await TestSimulator("--fault", "jobs errors")
        let rig = try Rig([simulator.address], [.jobs]) { $0.rest.token = Secret(token) }
        try await rig.collectOnce()
        #expect(rig.samples["slurm_exporter_token_expiry_timestamp_seconds{cluster=alpha}"] == 1_700_000_000)
        #expect(rig.upstream.status.tokenExpires == "2023-11-14T22:13:20.000Z")
        // Whatever slurmrestd says: a token that has expired explains it.
        #expect(rig.recorder.labels(.jobs) == ["auth", "auth"])
    }

    @Test func findsAnotherVersionWhenOneIsWithdrawn() async throws {
        let simulator = try await TestSimulator("--versions", "v0.0.43,v0.0.44")
        let rig = try Rig([simulator.address], every: 0.1)
        #expect(try await rig.run { rig.recorder.answers.count >= 5 })
        try await simulator.cause("slurm/v0.0.44/* version-withdrawn")
        #expect(try await rig.run { rig.recorder.answers.last?.version == APIVersion(43) })
        #expect(rig.recorder.errors.allSatisfy { $0.label == "version" })
        #expect(rig.recorder.errors.count <= 4)
    }

    @Test func leavesAClusterAloneThatIsDownAndFindsItAgain() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address], every: 0.05) {
            $0.breaker.isEnabled = true
            $0.breaker.resetTimeoutSeconds = 0.5
            $0.queue.retryAttempts = 0
        }
        #expect(try await rig.run { rig.recorder.answers.count >= 5 })
        try await simulator.cause("* status=500")
        #expect(try await rig.run { rig.upstream.status.breaker == "open" })
        try await simulator.forgetRequests()
        let before = rig.recorder.answers.count
        #expect(try await rig.run { rig.recorder.errors.count >= 7 })
        #expect(try await simulator.report().requests("slurm/jobs") == 0)
        try await simulator.cause()
        #expect(try await rig.run { rig.recorder.answers.count >= before + 10 })
        #expect(rig.upstream.status.breaker == "closed")
        #expect(rig.samples["slurm_exporter_circuit_breaker_transitions_total{cluster=alpha,state=closed}"] == 1)
    }
}
