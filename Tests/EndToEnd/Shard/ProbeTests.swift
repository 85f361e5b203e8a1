import TestSupport
import Testing

/// What `probe` tells of a Slurm, and how it ends.
struct ProbeTests {
    private func probe(_ address: String) async throws -> (status: Int32, text: String) {
        let probe = try ChildProcess(try builtProgram("slurm-shard"), ["probe", "http://\(address)"])
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
        #expect(try line(of: "jobs", text).contains(" 200 "))
        #expect(try line(of: "shares", text).contains(" 200 "))
    }

    @Test func whatThisSlurmDoesNotHaveIsNotMissed() async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.38", jobs: 50)
        let (status, text) = try await probe(simulator.address)
        #expect(status == 0, "\(text)")
        #expect(try line(of: "shares", text).hasSuffix("slurm/shares: v0.0.38 has no such thing"))
    }

    @Test func whatFailsIsSaid() async throws {
        let simulator = try await RunningSimulator("--fault", "slurm/nodes status=503", jobs: 50)
        let (status, text) = try await probe(simulator.address)
        #expect(status == 1)
        #expect(try line(of: "nodes", text).contains(" 503 "))
        #expect(try line(of: "jobs", text).contains(" 200 "))
    }
}
