import Foundation
import TestSupport
import Testing

/// Slurm is asked once, however many want to know.
struct PolitenessTests {
    @Test func fiftyScrapesASecondAskSlurmNothingMore() async throws {
        let simulator = try await RunningSimulator.small("* latency=uniform:0.01:0.1")
        let shard = try await RunningShard(of: simulator)
        let start = ContinuousClock.now
        try await simulator.send("DELETE", "/simulator/requests")
        try await withThrowingTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    try await Task.sleep(until: start + .milliseconds(20) * number)
                    #expect(try await shard.get("/metrics").status == 200)
                }
            }
            try await group.waitForAll()
        }
        let journal = try await simulator.requests()
        let intervals = Int((ContinuousClock.now - start) / .seconds(1)) + 1
        #expect(
            Set(journal.endpoints.keys).isSubset(of: [
                "slurm/jobs", "slurm/nodes", "slurm/partitions", "slurm/diag", "slurm/ping", "slurm/reservations",
                "slurm/licenses", "slurm/shares", "slurmdb/jobs", "slurmdb/qos", "slurmdb/diag", "slurmdb/clusters",
                "slurmdb/tres",
            ]))
        for (endpoint, figures) in journal.endpoints {
            // A quarter of the time is all there is for all of them together, so that some may have to wait.
            #expect(figures.requests <= intervals + 1, "\(endpoint)")
            #expect(figures.inFlight.most == 1)
        }
        #expect(journal.endpoints["slurm/ping"]?.requests ?? 0 > 0)
        #expect(journal.heavyInFlight.most == 1)
        let scrapes = "slurm_exporter_scrape_duration_seconds_count"
        #expect(try await eventually { try await shard.scrape()[scrapes] ?? 0 >= 200 })
    }

    /// What a client left unanswered slurmrestd goes on with.
    @Test func nothingHeavyIsAskedWhileSlurmMayStillBeAtWork() async throws {
        let simulator = try await RunningSimulator.small("jobs work=6 count=2")
        let shard = try await RunningShard(of: simulator, slurm: ", request_timeout: 4s, max_load: 1")
        _ = try await shard.scrape { $0["slurm_exporter_collector_up", ["collector": "jobs"]] == 1 }
        #expect(try await simulator.requests().heavyInFlight.most == 1)
        #expect(try await shard.scrape()["slurm_exporter_upstream_pauses_total"] ?? 0 >= 2)
    }
}

/// What the simulator was asked.
struct RequestJournal: Decodable {
    let endpoints: [String: Figures]
    let heavyInFlight: InFlight

    struct Figures: Decodable {
        let requests: Int
        let inFlight: InFlight
    }

    struct InFlight: Decodable {
        let most: Int
    }
}

extension RunningSimulator {
    func requests() async throws -> RequestJournal {
        try JSONDecoder().decode(RequestJournal.self, from: try await get("/simulator/requests").body)
    }
}
