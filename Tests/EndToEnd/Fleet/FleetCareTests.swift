import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// A shard of a fleet is looked after like one on its own.
struct FleetCareTests {
    @Test func aShardOfAFleetTellsWhatOneOnItsOwnTells() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 1)
        try await fleet.settles()
        let shard = try #require(fleet.shards.values.first)
        for (path, content) in [
            ("/", "Slurm exporter shard"), ("/debug/", "Debugging"), ("/debug/upstreams", "\"alpha\""),
            ("/debug/collectors", "\"isUp\" : true"), ("/debug/configuration", "alpha"), ("/health", "OK"),
            ("/ready", "ready"),
        ] {
            let (status, body) = try await fleet.get(shard.address, path)
            #expect(status == 200 && body.contains(content), "\(path): \(status) \(body.prefix(300))")
        }
        var request = URLRequest(url: URL(string: "http://\(shard.address)/-/reload")!)
        request.httpMethod = "POST"
        let (_, response) = try await URLSession.shared.data(for: request)
        #expect((response as! HTTPURLResponse).statusCode == 404)
    }

    @Test func aReloadAsksForThePlan() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(
            of: simulator, shards: 1, fleet: "  tokens: [secret]\n", shard: "fleet: {tokens: [secret]}\n")
        try await fleet.settles()
        let shard = try #require(fleet.shards.values.first)
        for (token, status) in [("wrong", 401), ("secret", 202)] {
            var request = URLRequest(url: URL(string: "http://\(shard.address)/-/reload")!)
            request.httpMethod = "POST"
            request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
            let (_, response) = try await URLSession.shared.data(for: request)
            #expect((response as! HTTPURLResponse).statusCode == status)
        }
        #expect(await eventually { shard.process.standardError.contains("reload") })
        #expect(try await fleet.get(shard.address, "/ready").status == 200)
    }

    /// Those of `up` don't outlive it, however it ends.
    @Test func nobodyStaysBehindWhenUpIsKilled() async throws {
        let directory = try TemporaryDirectory()
        let port = try freePort()
        let process = try ChildProcess(
            try builtProgram("slurm-coordinator"),
            ["up", "--shards", "2", "--listen", "127.0.0.1:\(port)", "--state", directory.path("fleet")])
        let children = { Self.processes(with: directory.path("fleet")) }
        #expect(await eventually(within: .seconds(60)) { children().count == 4 })
        process.send(SIGKILL)
        _ = try await process.exit()
        #expect(await eventually(within: .seconds(60)) { children().isEmpty }, "\(children())")
    }

    /// Process ids by a word of their command lines.
    private static func processes(with word: String) -> [Int] {
        let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int($0) } ?? []
        return ids.filter { id in
            let line = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains(word + "/")
        }
    }
}
