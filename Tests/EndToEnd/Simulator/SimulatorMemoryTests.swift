import Foundation
import TestSupport
import Testing

struct SimulatorMemoryTests {
    /// The most memory that a process ever had, in bytes.
    private func peak(of process: ChildProcess) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.identifier)/status", encoding: .utf8)
        let line = try #require(status.firstMatch(of: /VmHWM:\s+([0-9]+) kB/))
        return try #require(Int(line.1)) * 1024
    }

    /// Without keeping any of it.
    private func read(_ path: String, from simulator: RunningSimulator) async throws {
        let client = try simulator.client()
        try await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(try await client.text(upTo: "\r\n").contains(" 200 "))
        while try await client.receive() != nil {}
    }

    /// 6,000 jobs are 1 MB of memory and 38 MB of JSON.
    @Test func neitherLifeNorAnswersMakeItGrow() async throws {
        let simulator = try await RunningSimulator("--users", "500", nodes: 300, jobs: 6000)
        let start = try peak(of: simulator.process)
        try await simulator.send("POST", "/simulator/step?count=20")
        try await read("/slurm/v0.0.44/jobs", from: simulator)
        try await read("/simulator/truth", from: simulator)
        let growth = try peak(of: simulator.process) - start
        #expect(growth < 6_000_000, "\(growth)")
    }
}
