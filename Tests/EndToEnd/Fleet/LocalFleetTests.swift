import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// `slurm-coordinator up`: a whole fleet on one machine.
struct LocalFleetTests {
    private func get(_ address: String, _ path: String) async throws -> (status: Int, text: String) {
        let (data, response) = try await URLSession.shared.data(from: URL(string: "http://\(address)\(path)")!)
        return ((response as! HTTPURLResponse).statusCode, String(decoding: data, as: UTF8.self))
    }

    @Test func aPortInUseIsRefused() async throws {
        let (taken, temporary) = (try await RunningSimulator.small(), try TemporaryDirectory())
        let process = try ChildProcess(
            try builtProgram("slurm-coordinator"), ["up", "--listen", taken.address],
            environment: ["TMPDIR": temporary.url.path])
        #expect(try await process.exit() == 1)
        #expect(process.standardError.contains("\(taken.address) is in use"))
        #expect(process.standardOutput.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.url.path).isEmpty)
    }

    @Test(arguments: [
        (["--cluster", "a=ftp://x"], "--cluster: a: \"ftp://x\" is no address"),
        (["--cluster", "foo"], "--cluster: \"foo\" is no cluster"),
        (["--state", "/proc/x"], "--state: can't make /proc/x: "),
    ])
    func aFlagThatCanNotBeIsRefusedBeforeAnythingStarts(_ flags: [String], _ complaint: String) async throws {
        let temporary = try TemporaryDirectory()
        let process = try ChildProcess(
            try builtProgram("slurm-coordinator"), ["up", "--listen", "127.0.0.1:\(try freePort())"] + flags,
            environment: ["TMPDIR": temporary.url.path])
        #expect(try await process.exit() == 2)
        #expect(process.standardError.hasPrefix(complaint), "\(process.standardError)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.url.path).isEmpty)
    }

    @Test func aDirectoryInUseIsRefusedAndLeftAsItIs() async throws {
        let (one, directory) = (try await RunningSimulator.small(), try TemporaryDirectory())
        let state = directory.path("state")
        func up(_ cluster: String) throws -> ChildProcess {
            try ChildProcess(
                try builtProgram("slurm-coordinator"),
                [
                    "up", "--listen", "127.0.0.1:\(try freePort())", "--shards", "1", "--coordinators", "1",
                    "--state", state, "--cluster", cluster,
                ])
        }
        let first = try up("a=http://\(one.address)")
        #expect(await eventually { first.standardOutput.contains("shard-1") }, "\(first.standardError)")
        let second = try up("b=http://\(one.address)")
        #expect(try await second.exit() == 2)
        #expect(second.standardError == "--state: \(state) is in use by another 'up'\n")
        #expect(try String(contentsOfFile: "\(state)/shard.yaml", encoding: .utf8).contains("name: a\n"))
        first.send(SIGTERM)
        #expect(try await first.exit() == 0)
    }

    @Test func aProgramThatRefusesItsConfigurationEndsAll() async throws {
        let (one, directory) = (try await RunningSimulator.small(), try TemporaryDirectory())
        let process = try ChildProcess(
            try builtProgram("slurm-coordinator"),
            [
                "up", "--listen", "127.0.0.1:\(try freePort())", "--shards", "1", "--coordinators", "1",
                "--state", directory.path("state"), "--cluster", "a=http://\(one.address)",
            ], environment: ["SLURM_EXPORTER_LOG_LEVEL": "shout"])
        #expect(try await process.exit() == 2)
        #expect(process.standardError.contains("\"shout\" is no log level"), "\(process.standardError)")
        #expect(process.standardError.contains("shard-1: doesn't take what it is started with"))
    }

    @Test func whatIsAnnouncedListensAndServesSeveralClustersWithAToken() async throws {
        let (one, other) = (try await RunningSimulator.small(), try await RunningSimulator.small())
        let directory = try TemporaryDirectory()
        let address = "127.0.0.1:\(try freePort())"
        let process = try ChildProcess(
            try builtProgram("slurm-coordinator"),
            [
                "up", "--listen", address, "--shards", "1", "--coordinators", "1", "--state", directory.path("state"),
                "--cluster", "a=http://\(one.address)", "--cluster", "b=http://\(other.address)",
            ], environment: ["SLURM_JWT": "jwt"])
        let isAnnounced = await eventually { process.standardOutput.contains("shard-1") }
        #expect(isAnnounced, "\(process.standardError)")
        #expect(try await get(address, "/health").status == 200)
        let shard = try #require(process.standardOutput.firstMatch(of: /shard-1 +http:\/\/([0-9.:]+)\/metrics/))
        #expect(try await get(String(shard.1), "/health").status == 200)
        let areServed = try await eventually(within: .seconds(60)) {
            let text = try await get(address, "/federate?match%5B%5D=slurm_cluster_nodes_total").text
            return ["a", "b"].allSatisfy { text.contains("cluster=\"\($0)\"") }
        }
        #expect(areServed, "\(process.standardError)")
        let everything = try #require(process.standardOutput.firstMatch(of: /everything +(\S+)/))
        let curl = try ChildProcess("curl", ["--silent", "--show-error", "--fail", String(everything.1)])
        #expect(try await curl.exit() == 0, "\(curl.standardError)")
        #expect(curl.standardOutput.contains("slurm_cluster_nodes_total"))
        process.send(SIGTERM)
        #expect(try await process.exit() == 0)
    }
}
