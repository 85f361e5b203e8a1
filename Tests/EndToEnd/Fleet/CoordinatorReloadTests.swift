import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// What a coordinator takes over while it runs.
struct CoordinatorReloadTests {
    private static func configuration(_ targets: [String], zone: String) -> String {
        """
        federation:
          external_labels: {zone: \(zone)}
          targets:
        \(targets.map { "  - {url: \($0), interval: 10s}" }.joined(separator: "\n"))
        web: {enable_lifecycle: true}

        """
    }

    @Test(arguments: ["signal", "request"]) func targetsComeAndGoWithoutAGap(by way: String) async throws {
        let simulator = try await RunningSimulator.small()
        let (one, other) = (try await RunningShard(of: simulator), try await RunningShard(of: simulator))
        let directory = try TemporaryDirectory()
        let file = try directory.write(Self.configuration([one.address], zone: "ie"), to: "coordinator.yaml")
        let address = "127.0.0.1:\(try freePort())"
        let coordinator = try ChildProcess(
            try builtProgram("slurm-coordinator"), ["--config", file, "--listen", address, "--federate-only"])
        func shown() async throws -> (status: Int, series: Set<String>) {
            let url = URL(string: "http://\(address)/federate?match%5B%5D=slurm_cluster_nodes_total")!
            let (data, response) = try await URLSession.shared.data(from: url)
            return ((response as! HTTPURLResponse).statusCode, Poller.series(in: String(decoding: data, as: UTF8.self)))
        }
        let isThere = await eventually {
            guard let (status, series) = try? await shown() else { return false }
            return status == 200 && !series.isEmpty
        }
        #expect(isThere, "\(coordinator.standardError)")
        let before = try await shown().series
        try directory.write(Self.configuration([one.address, other.address], zone: "fr"), to: "coordinator.yaml")
        if way == "signal" {
            coordinator.send(SIGHUP)
        } else {
            let (_, response) = try await post("http://\(address)/-/reload")
            #expect(response == 202)
        }
        let after = try await eventually {
            let (status, series) = try await shown()
            #expect(status == 200 && series.count >= before.count)
            return series.count == 2 * before.count && series.allSatisfy { $0.contains("zone=\"fr\"") }
        }
        #expect(after, "\(coordinator.standardError)")
        // What can't be understood changes nothing.
        try directory.write("federation: {targets: none}\n", to: "coordinator.yaml")
        coordinator.send(SIGHUP)
        let isTold = await eventually { coordinator.standardError.contains("targets") }
        #expect(isTold)
        #expect(try await shown().series.count == 2 * before.count)
        coordinator.send(SIGKILL)
    }

    @Test func aBadFileOfTheShardsLeavesTheOldOneInForce() async throws {
        let simulator = try await RunningSimulator.small()
        let fleet = try await RunningFleet(of: simulator, shards: 1)
        try await fleet.settles()
        let file = fleet.path("shard.yaml")
        let (good, revision) = (
            try String(contentsOfFile: file, encoding: .utf8), try await fleet.status().plan.revision
        )
        func isSuccessful() async throws -> Bool {
            try await fleet.get(fleet.address, "/metrics").body
                .contains("slurm_exporter_config_last_reload_successful 1\n")
        }
        #expect(try await isSuccessful())
        try (good + "collectorz: {x: 1}\n").write(toFile: file, atomically: true, encoding: .utf8)
        fleet.coordinator.send(SIGHUP)
        #expect(await eventually { fleet.coordinator.standardError.contains("collectorz: unknown key") })
        #expect(try await !isSuccessful())
        #expect(try await fleet.status().plan.revision == revision)
        try (good + "log: {level: info}\n").write(toFile: file, atomically: true, encoding: .utf8)
        fleet.coordinator.send(SIGHUP)
        #expect(try await eventually { try await fleet.status().plan.revision > revision })
        #expect(try await eventually { try await isSuccessful() })
    }

    @Test func whoHasNothingToDoIsNotReady() async throws {
        let address = "127.0.0.1:\(try freePort())"
        let coordinator = try ChildProcess(try builtProgram("slurm-coordinator"), ["--listen", address])
        var answer: (Data, Int)?
        let isThere = await eventually {
            answer = try? await get("http://\(address)/ready")
            return answer != nil
        }
        #expect(isThere, "\(coordinator.standardError)")
        #expect(answer?.1 == 503)
        let isTold = await eventually { coordinator.standardError.contains("there is nothing to do") }
        #expect(isTold)
    }

    private func get(_ url: String) async throws -> (Data, Int) {
        let (data, response) = try await URLSession.shared.data(from: URL(string: url)!)
        return (data, (response as! HTTPURLResponse).statusCode)
    }

    private func post(_ url: String) async throws -> (Data, Int) {
        var request = URLRequest(url: URL(string: url)!)
        request.httpMethod = "POST"
        let (data, response) = try await URLSession.shared.data(for: request)
        return (data, (response as! HTTPURLResponse).statusCode)
    }
}
