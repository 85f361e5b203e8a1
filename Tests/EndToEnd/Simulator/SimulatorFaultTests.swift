import Foundation
import TestSupport
import Testing

/// Each fault as it shows on the wire.
struct SimulatorFaultTests {
    private let jobs = "/slurm/v0.0.44/jobs"

    @Test(arguments: [401, 429, 500, 502, 503, 504, 511])
    func aStatus(status: Int) async throws {
        let simulator = try await RunningSimulator("--fault", "slurm/jobs status=\(status) count=1")
        let failed = try await simulator.get(jobs)
        #expect(failed.status == status)
        #expect(!failed.errors.isEmpty)
        #expect(try await simulator.get("/slurm/v0.0.44/nodes").status == 200)
        #expect(try await simulator.get(jobs).status == 200)
    }

    @Test func errorsInASuccess() async throws {
        let simulator = try await RunningSimulator("--fault", "jobs errors")
        let response = try await simulator.get(jobs)
        #expect(response.status == 200)
        #expect(!response.errors.isEmpty)
    }

    @Test func aFailureWithTheFullBody() async throws {
        let simulator = try await RunningSimulator()
        let body = try await simulator.get(jobs).body
        try await simulator.cause("jobs full-body")
        let response = try await simulator.get(jobs)
        #expect(response.status == 500)
        #expect(response.body == body)
    }

    @Test(arguments: [0, 100, 1000, 100_000])
    func aResetAfterSoManyBytes(bytes: Int) async throws {
        let simulator = try await RunningSimulator("--fault", "jobs reset=\(bytes)")
        let client = try simulator.client()
        try await client.send("GET \(jobs) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.text(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
        var count = client.buffered()
        await #expect(throws: RawClient.Failure.self) {
            while let more = try await client.receive() { count += more.count }
        }
        #expect(count == bytes)
        let journal = try await simulator.get("/simulator/requests").json?["last"] as? [[String: Any]]
        #expect(journal?.first?["status"] as? Int == 200)
        #expect(journal?.first?["bytes"] as? Int == bytes)
        #expect(!simulator.process.standardError.contains("failed"))
    }

    @Test func aLengthThatLies() async throws {
        let simulator = try await RunningSimulator("--fault", "jobs truncate=100000")
        let client = try simulator.client()
        try await client.send("GET \(jobs) HTTP/1.1\r\nHost: a\r\n\r\n")
        let head = try await client.text(upTo: "\r\n\r\n")
        let length = try #require(head.firstMatch(of: /Content-Length: ([0-9]+)/).flatMap { Int($0.1) })
        #expect(length > 100_000)
        #expect(try await client.rest().utf8.count == 100_000)
    }

    @Test(arguments: ["/slurm/v0.0.44/jobs", "slurm/v0.0.44/jobs/", "/slurm/jobs"])
    func slashesAroundAnEndpointDoNotCount(pattern: String) async throws {
        let simulator = try await RunningSimulator("--fault", "\(pattern) status=503 count=2")
        #expect(try await simulator.get(jobs).status == 503)
        #expect(try await simulator.get(jobs + "/").status == 503)
        #expect(try await simulator.get(jobs).status == 200)
    }

    @Test func garbage() async throws {
        let response = try await RunningSimulator("--fault", "jobs garbage").get(jobs)
        #expect(response.status == 200)
        #expect(response.json == nil)
    }

    @Test(arguments: [
        ("infinity", "Infinity"), ("unknown-states", "BEWITCHED"), ("unknown-fields", "field_of_the_future"),
        ("wrong-types", "\"seven\""),
    ])
    func aRewrittenBody(rewriting: String, mark: String) async throws {
        let simulator = try await RunningSimulator()
        #expect(try await !simulator.get(jobs).text.contains(mark))
        try await simulator.cause("jobs rewrite=\(rewriting)")
        let response = try await simulator.get(jobs)
        #expect(response.text.contains(mark))
        #expect(response.length == response.body.count)
        #expect((response.json != nil) == (rewriting != "infinity"))
    }

    @Test func aWithdrawnVersion() async throws {
        let simulator = try await RunningSimulator("--fault", "slurm/v0.0.44/* version-withdrawn")
        #expect(try await simulator.get(jobs).status == 404)
        #expect(try await simulator.get("/slurm/v0.0.43/jobs").status == 200)
    }

    @Test func anExpiredToken() async throws {
        #expect(try await RunningSimulator("--fault", "* token-expired").get(jobs).status == 511)
    }

    @Test func aDatabaseThatIsDown() async throws {
        let simulator = try await RunningSimulator("--fault", "* slurmdbd-down")
        #expect(try await simulator.get("/slurmdb/v0.0.44/qos").status == 502)
        #expect(try await simulator.get(jobs).status == 200)
    }

    @Test(arguments: [
        ("24.05", "v0.0.41", "down", 500), ("25.05", "v0.0.43", "down", 502), ("24.05", "v0.0.41", "frozen", 500),
        ("25.05", "v0.0.43", "frozen", 504),
    ])
    func aControllerThatDoesNotAnswer(release: String, version: String, fault: String, status: Int) async throws {
        let simulator = try await RunningSimulator(
            "--release", release, "--message-timeout", "300ms", "--fault", "* slurmctld-\(fault)")
        let start = ContinuousClock.now
        #expect(try await simulator.get("/slurm/\(version)/jobs").status == status)
        #expect(ContinuousClock.now - start >= .milliseconds(300))
    }

    @Test func aPingSaysAtOnceThatTheControllerIsDown() async throws {
        let simulator = try await RunningSimulator("--message-timeout", "1h", "--fault", "* slurmctld-down")
        let ping = try await simulator.get("/slurm/v0.0.44/ping")
        #expect(ping.status == 200)
        #expect(((ping.json?["pings"] as? [[String: Any]])?.first)?["responding"] as? Bool == false)
        #expect(try await simulator.get("/slurmdb/v0.0.44/qos").status == 200)
        #expect(try await simulator.get("/openapi/v3").status == 200)
    }

    @Test func latency() async throws {
        let simulator = try await RunningSimulator("--fault", "diag latency=0.4 count=1")
        let start = ContinuousClock.now
        #expect(try await simulator.get("/slurm/v0.0.44/diag").status == 200)
        #expect(ContinuousClock.now - start >= .milliseconds(400))
    }

    @Test func whatIsNoFaultIsRefused() async throws {
        let simulator = try await RunningSimulator()
        #expect(try await simulator.send("POST", "/simulator/faults", body: #"["jobs explode"]"#).status == 400)
        #expect(try await simulator.send("POST", "/simulator/faults", body: "{").status == 400)
        try await simulator.cause("jobs hang")
        #expect(try await simulator.get("/simulator/faults").text.contains("jobs hang"))
        try await simulator.send("DELETE", "/simulator/faults")
        #expect(try await simulator.get(jobs).status == 200)
    }
}
