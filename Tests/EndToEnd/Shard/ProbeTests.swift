import Foundation
import TestSupport
import Testing

/// What `probe` tells of a Slurm, and how it ends.
struct ProbeTests {
    private func probe(
        _ address: String, environment: [String: String] = [:]
    ) async throws -> (status: Int32, text: String) {
        let probe = try ChildProcess(
            try builtProgram("slurm-shard"), ["probe", "http://\(address)"], environment: environment)
        let status = try await probe.exit()
        return (status, probe.standardOutput)
    }

    private func line(of feed: String, _ text: String) throws -> Substring {
        let lines = text.split(separator: "\n").filter { $0.hasPrefix(feed + " ") }
        try #require(lines.count == 1, "\(text)")
        return lines[0]
    }

    @Test func everyFeedIsAskedOnce() async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.43,v0.0.44", jobs: 50)
        let (status, text) = try await probe(simulator.address)
        #expect(status == 0, "\(text)")
        #expect(text.contains("\nslurm: v0.0.44 v0.0.43\n"))
        for feed in ["jobs", "nodes", "shares", "accounting", "associations", "qos", "dbd"] {
            #expect(try line(of: feed, text).contains(" 200 "))
        }
    }

    @Test func whatThisSlurmDoesNotHaveIsNotMissed() async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.38", jobs: 50)
        let (status, text) = try await probe(simulator.address)
        #expect(status == 0, "\(text)")
        #expect(try line(of: "shares", text).hasSuffix("slurm/shares: v0.0.38 has no such thing"))
    }

    @Test func anExpiredTokenIsTheReason() async throws {
        let simulator = try await RunningSimulator("--fault", "* token-expired", jobs: 50)
        let claims = Data(#"{"exp":1700000000,"sun":"ada"}"#.utf8).base64EncodedString().replacing("=", with: "")
        let (status, text) = try await probe(simulator.address, environment: ["SLURM_JWT": "e30.\(claims).x"])
        #expect(status == 1)
        #expect(try line(of: "jobs", text).contains("  the token has expired; slurm/jobs: "))
        #expect(text.contains("\ntoken: expired 2023-11-14T22:13:20.000Z\n"), "\(text)")
    }

    @Test func accountingAloneIsNotEnough() async throws {
        let simulator = try await RunningSimulator("--fault", "slurm/ping status=503", jobs: 50)
        let (status, text) = try await probe(simulator.address)
        #expect(status == 1)
        #expect(text.contains("\nslurmdb: v0.0."), "\(text)")
    }

    @Test func whatFailsIsSaid() async throws {
        let simulator = try await RunningSimulator("--fault", "slurm/nodes status=503", jobs: 50)
        let (status, text) = try await probe(simulator.address)
        #expect(status == 1)
        #expect(try line(of: "nodes", text).contains(" 503 "))
        #expect(try line(of: "jobs", text).contains(" 200 "))
    }
}
