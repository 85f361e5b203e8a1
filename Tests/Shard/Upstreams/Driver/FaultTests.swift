import Metrics
import ServiceRuntime
import Slurm
import TestSupport
import Testing

@testable import Upstreams

/// Everything that can be wrong with an answer, and what is made of it.
struct FaultTests {
    @Test(arguments: [
        ("status=401", "auth"), ("status=429", "http_4xx"), ("status=500", "slurm_error"), ("status=502", "http_5xx"),
        ("status=503", "http_5xx"), ("status=511", "auth"), ("errors", "slurm_error"), ("garbage", "decode"),
        ("token-expired", "auth"), ("version-withdrawn", "version"),
    ])
    func anAnswerThatFails(fault: String, label: String) async throws {
        let simulator = try await TestSimulator("--fault", "nodes \(fault)")
        let rig = try Rig([simulator.address], [.nodes, .diag]) { $0.queue.retryAttempts = 0 }
        try await rig.collectOnce()
        #expect(Set(rig.recorder.labels(.nodes)) == [label])
        #expect(rig.recorder.answers(.diag).count == 1)
        #expect(rig.recorder.answers(.nodes).isEmpty)
        let errors = rig.samples["slurm_exporter_upstream_errors_total{cluster=alpha,feed=nodes,kind=\(label)}"]
        #expect(errors ?? 0 >= 1)
        #expect(rig.upstream.status.feeds.first { $0.feed == "nodes" }?.errorKind == label)
    }

    @Test(arguments: [("reset=1200000", "reset"), ("truncate=3000", "truncated")])
    func anAnswerThatBreaksOff(fault: String, label: String) async throws {
        // So many nodes that the simulator can't have all of the answer ready before its head is sent.
        let simulator = try await TestSimulator(nodes: 1000, "--fault", "nodes \(fault) count=1")
        let rig = try Rig([simulator.address], [.nodes], every: 0.2)
        #expect(try await rig.run { !rig.recorder.answers.isEmpty })
        #expect(rig.recorder.labels(.nodes) == [label])
        // What was begun is over, one way or the other.
        let begun = rig.recorder.events.count { if case .began = $0 { true } else { false } }
        let broken = rig.recorder.events.count {
            if case .failed(_, _, afterBeginning: true) = $0 { true } else { false }
        }
        #expect(begun == broken + rig.recorder.answers.count)
    }

    @Test func aFailureThatCarriesTheWholeAnswer() async throws {
        let simulator = try await TestSimulator("--fault", "partitions full-body", "--fault", "diag full-body")
        let rig = try Rig([simulator.address], [.partitions, .diag])
        try await rig.collectOnce()
        #expect(rig.recorder.answers.map(\.feed) == [.partitions])
        #expect(rig.upstream.status.feeds.first { $0.feed == "partitions" }?.caveat?.contains("500") == true)
        #expect(rig.recorder.labels(.diag) == ["http_5xx"])
    }

    @Test(arguments: [("24.05", "v0.0.41"), ("25.05", "v0.0.43")])
    func aControllerThatIsDown(release: String, version: String) async throws {
        let simulator = try await TestSimulator(
            "--release", release, "--versions", version, "--message-timeout", "300ms", "--fault", "jobs slurmctld-down")
        let rig = try Rig([simulator.address], [.jobs, .diag])
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.jobs) == ["controller_down"])
        #expect(try await simulator.report().requests("slurm/jobs") == 1)
    }

    @Test func nobodyListening() async throws {
        let rig = try Rig(["http://127.0.0.1:\(try freePort())"], [.nodes]) { $0.queue.retryAttempts = 2 }
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.nodes) == ["connect", "connect", "connect"])
        #expect(rig.samples["slurm_exporter_api_retries_total{cluster=alpha,feed=nodes}"] == 2)
        #expect(rig.samples["slurm_exporter_upstream_up{cluster=alpha}"] == 0)
    }

    @Test func somethingElseListening() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address + "/nothing/of/slurm"], [.nodes])
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.nodes) == ["version"])
    }

    @Test func asksAgainAfterAServerThatIsBusyForAMoment() async throws {
        let simulator = try await TestSimulator("--fault", "nodes status=503 count=2")
        let rig = try Rig([simulator.address], [.nodes])
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.nodes) == ["http_5xx", "http_5xx"])
        #expect(rig.recorder.answers(.nodes).count == 1)
    }

    @Test func aTimeoutIsFollowedByAPauseAsLong() async throws {
        let simulator = try await TestSimulator("--fault", "jobs work=3 count=1", "--versions", "v0.0.44")
        let rig = try Rig([simulator.address], [.jobs, .diag], every: 0.1) {
            $0.rest.requestTimeoutSeconds = 2
            $0.rest.apiVersion = "v0.0.44"
        }
        #expect(try await rig.run { rig.recorder.answers(.jobs).count >= 2 })
        #expect(rig.recorder.labels(.jobs).first == "timeout")
        let report = try await simulator.report()
        let begins = report.last.filter { $0.endpoint == "slurm/jobs" }.map(\.begin).sorted()
        try #require(begins.count >= 2)
        // The first may have been a while on its way.
        #expect(begins[1] - begins[0] > 3)
        #expect(report.mostHeavy == 1)
        #expect(report.most == 1)
        #expect(rig.samples["slurm_exporter_upstream_pauses_total{cluster=alpha}"] ?? 0 >= 1)
        #expect(rig.samples["slurm_exporter_api_timeouts_total{cluster=alpha,endpoint=slurm/jobs}"] ?? 0 >= 1)
    }

    @Test func anAnswerThatIsTooLarge() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address], [.jobs, .diag]) { $0.rest.maximumAnswerBytes = 30_000 }
        try await rig.collectOnce()
        #expect(rig.recorder.labels(.jobs) == ["too_large"])
        #expect(rig.recorder.answers(.diag).count == 1)
    }

    @Test func unknownStatesAreCounted() async throws {
        let simulator = try await TestSimulator(
            "--fault", "jobs rewrite=unknown-states", "--fault", "nodes rewrite=wrong-types")
        let rig = try Rig([simulator.address], [.jobs, .nodes])
        try await rig.collectOnce()
        #expect(rig.recorder.answers.count == 2)
        let unknown = rig.samples["slurm_exporter_unknown_values_total{cluster=alpha,kind=job_state,value=BEWITCHED}"]
        #expect(unknown ?? 0 > 10)
        #expect(
            rig.samples.contains { $0.key.hasPrefix("slurm_exporter_decode_errors_total{cluster=alpha,feed=nodes") })
    }
}
