import Foundation
import TestSupport
import Testing

struct SimulatorJournalTests {
    private struct Report: Decodable {
        struct InFlight: Decodable {
            let now: Int
            let most: Int
        }

        struct Figures: Decodable {
            let requests: Int
            let bytes: Int
            let statuses: [String: Int]
            let inFlight: InFlight
        }

        struct Request: Decodable {
            let path: String
            let query: String?
        }

        let last: [Request]
        let endpoints: [String: Figures]
        let heavyInFlight: InFlight
    }

    private func read(_ simulator: RunningSimulator) async throws -> Report {
        try JSONDecoder().decode(Report.self, from: try await simulator.get("/simulator/requests").body)
    }

    /// Sends a question without waiting for its answer.
    private func ask(_ simulator: RunningSimulator, _ path: String) async throws -> RawClient {
        let client = try simulator.client()
        try await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
        return client
    }

    @Test func countsWhatWasAskedAndAnswered() async throws {
        let simulator = try await RunningSimulator()
        let body = try await simulator.get("/slurm/v0.0.44/jobs").body
        _ = try await simulator.get("/slurm/v0.0.40/jobs/")
        _ = try await simulator.get("/nothing")
        #expect(try await eventually { try await read(simulator).endpoints["unknown"]?.requests == 1 })
        let report = try await read(simulator)
        #expect(report.endpoints["slurm/jobs"]?.statuses == ["200": 2])
        #expect(report.endpoints["slurm/jobs"]?.bytes ?? 0 > body.count)
        #expect(report.heavyInFlight.most == 1)
        try await simulator.send("DELETE", "/simulator/requests")
        #expect(try await read(simulator).endpoints.isEmpty)
    }

    @Test func tellsWhatWasAsked() async throws {
        let simulator = try await RunningSimulator()
        _ = try await simulator.get("/slurm/v0.0.44/jobs?flags=DETAIL&update_time=1")
        _ = try await simulator.get("/slurm/v0.0.44/diag")
        #expect(try await eventually { try await read(simulator).last.count == 2 })
        let last = try await read(simulator).last
        #expect(last.map(\.path) == ["slurm/v0.0.44/jobs", "slurm/v0.0.44/diag"])
        #expect(last.map(\.query) == ["flags=DETAIL&update_time=1", nil])
    }

    @Test func countsHowManyWereAtOnce() async throws {
        let simulator = try await RunningSimulator("--fault", "* hang")
        let paths = ["/slurm/v0.0.44/jobs", "/slurm/v0.0.44/jobs", "/slurm/v0.0.44/nodes", "/slurm/v0.0.44/diag"]
        var clients: [RawClient] = []
        for path in paths { clients.append(try await ask(simulator, path)) }
        #expect(try await eventually { try await read(simulator).heavyInFlight.now == 3 })
        for client in clients { client.resetAtEnd() }
        clients = []
        #expect(try await eventually { try await read(simulator).heavyInFlight.now == 0 })
        let report = try await read(simulator)
        #expect(report.heavyInFlight.most == 3)
        #expect(report.endpoints["slurm/jobs"]?.inFlight.most == 2)
        #expect(report.endpoints["slurm/jobs"]?.statuses == ["none": 2])
    }

    @Test(arguments: ["hang", "latency=600"])
    func whoClosesIsNotWaitedFor(effect: String) async throws {
        let simulator = try await RunningSimulator("--fault", "jobs \(effect)")
        var client: RawClient? = try await ask(simulator, "/slurm/v0.0.44/jobs")
        #expect(try await eventually { try await read(simulator).heavyInFlight.now == 1 })
        client = nil
        #expect(try await eventually { try await read(simulator).heavyInFlight.now == 0 })
        #expect(try await read(simulator).endpoints["slurm/jobs"]?.statuses == ["none": 1])
        withExtendedLifetime(client) {}
    }

    @Test func aScraperDoesNotHurryTheAnswer() async throws {
        let simulator = try await RunningSimulator("--fault", "jobs latency=0.5")
        let headers = ["X-Prometheus-Scrape-Timeout-Seconds": "0.1"]
        #expect(try await simulator.get("/slurm/v0.0.44/jobs", headers: headers).status == 200)
    }

    @Test func workGoesOnWhenItsClientHasLeft() async throws {
        let simulator = try await RunningSimulator("--fault", "jobs work=1")
        let start = ContinuousClock.now
        var client: RawClient? = try await ask(simulator, "/slurm/v0.0.44/jobs")
        #expect(try await eventually { try await read(simulator).heavyInFlight.now == 1 })
        client = nil
        #expect(try await eventually { try await read(simulator).heavyInFlight.now == 0 })
        #expect(ContinuousClock.now - start >= .seconds(1))
        withExtendedLifetime(client) {}
    }
}
