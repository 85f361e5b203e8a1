import HTTPClient
import Locks
import Metrics
import ServiceRuntime
import Slurm
import TestSupport
import Testing

@testable import Upstreams

/// What a healthy slurmrestd is asked, and what comes of it.
struct AnswerTests {
    @Test(arguments: APIVersion.known) func everyVersionIsFoundAndRead(version: APIVersion) async throws {
        let simulator = try await TestSimulator("--versions", "\(version)")
        let rig = try Rig([simulator.address])
        try await rig.collectOnce()
        #expect(rig.recorder.errors.isEmpty)
        #expect(Set(rig.recorder.answers.map(\.feed)) == Set(Rig.everything))
        #expect(rig.recorder.answers.allSatisfy { $0.version == version && $0.generation == 1 && $0.records > 0 })
        #expect(rig.upstream.status.versions == ["slurm": version.description])
        for case .ended(let answer, let taken) in rig.recorder.events { #expect(taken == answer.records) }
    }

    @Test func aClusterWithoutANameIsToldOfOnce() async throws {
        let simulator = try await TestSimulator("--release", "22.05", "--versions", "v0.0.38")
        let nameless = try Rig([simulator.address], name: "")
        try await nameless.collectOnce()
        #expect(nameless.log.lines.count { $0.contains("no cluster label") && $0.contains("slurm.cluster") } == 1)
        let named = try Rig([simulator.address], name: "alpha")
        try await named.collectOnce()
        #expect(!named.log.lines.contains { $0.contains("no cluster label") })
    }

    @Test func asksForTheCheapestAnswerThatHasAll() async throws {
        let simulator = try await TestSimulator("--versions", "v0.0.39,v0.0.44")
        try await Rig([simulator.address]).collectOnce()
        let paths = try await simulator.report().last.map(\.path)
        #expect(
            paths.filter { $0.contains("ping") }.map { $0.split(separator: "/")[1] } == [
                "v0.0.46", "v0.0.45", "v0.0.44", "v0.0.44",
            ])
        try await simulator.cause("slurm/v0.0.44/* version-withdrawn")
        try await simulator.forgetRequests()
        let old = try Rig([simulator.address])
        try await old.collectOnce()
        #expect(old.recorder.answers.allSatisfy { $0.version == APIVersion(39) })
    }

    @Test func speaksThePinnedVersionWithoutAsking() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address], [.nodes]) { $0.rest.apiVersion = "v0.0.41" }
        try await rig.collectOnce()
        #expect(try await simulator.report().last.map(\.endpoint) == ["slurm/nodes"])
        #expect(rig.recorder.answers.map(\.version) == [APIVersion(41)])
    }

    @Test(arguments: ["v0.0.38", "v0.0.44"]) func takesTheTimeFromSlurm(version: String) async throws {
        let simulator = try await TestSimulator("--versions", version)
        let rig = try Rig([simulator.address])
        try await rig.collectOnce()
        // Where the simulator's clock is frozen.
        #expect(rig.recorder.answers.allSatisfy { (1_768_514_400...1_768_514_410).contains($0.time.seconds) })
        for case .began(.jobs, let expected) in rig.recorder.events {
            #expect((1_768_514_400...1_768_514_410).contains(expected.seconds))
        }
    }

    @Test func asksOneQuestionAtATime() async throws {
        let simulator = try await TestSimulator("--fault", "* latency=uniform:0.001:0.03")
        let rig = try Rig([simulator.address], every: 0.05)
        #expect(try await rig.run { rig.recorder.answers(.jobs).count >= 10 })
        let report = try await simulator.report()
        #expect(report.most == 1)
        #expect(report.mostHeavy == 1)
        #expect(report.requests("slurm/diag") > 5)
    }

    @Test func asksAtMostOneHeavyQuestionAtATimeWhateverIsAllowed() async throws {
        let simulator = try await TestSimulator("--fault", "* latency=uniform:0.001:0.05")
        let rig = try Rig([simulator.address], every: 0.02) { $0.queue.maximumRequests = 3 }
        #expect(try await rig.run { rig.recorder.answers(.jobs).count >= 10 })
        let report = try await simulator.report()
        #expect(report.mostHeavy == 1)
        #expect(report.most > 1)
        #expect(report.most <= 3)
    }

    @Test func keepsSlurmFreeForTheRestOfTheTime() async throws {
        let simulator = try await TestSimulator("--fault", "nodes latency=0.1")
        let rig = try Rig([simulator.address], [.nodes], every: 0.1) { $0.queue.maximumLoad = 0.2 }
        #expect(try await rig.run { rig.recorder.answers.count >= 4 })
        let starts = try await simulator.report().last.filter { $0.endpoint == "slurm/nodes" }.map(\.begin)
        #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 >= 0.49 })
        let interval = rig.samples["slurm_exporter_feed_interval_seconds{cluster=alpha,feed=nodes}"]
        #expect(interval ?? 0 >= 0.5)
    }

    @Test func reusesItsConnection() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address], every: 0.02)
        #expect(try await rig.run { rig.recorder.answers.count >= 30 })
        let statistics = rig.source?.session.client.statistics
        #expect(statistics?.newConnections == 1)
    }

    @Test func severalClustersGoTheirOwnWays() async throws {
        let (one, other) = (try await TestSimulator(), try await TestSimulator("--fault", "* hang"))
        let (fast, stuck) = (try Rig([one.address], every: 0.1), try Rig([other.address], name: "beta"))
        try await stuck.upstream.start()
        let running = Task { [upstream = stuck.upstream] in try await upstream.run() }
        #expect(try await fast.run { fast.recorder.answers.count >= 20 })
        #expect(stuck.upstream.status.feeds.contains { $0.inFlightForSeconds != nil })
        running.cancel()
        _ = try? await running.value
        guard case .failed(_, let error, false) = stuck.recorder.events.last else { return #expect(Bool(false)) }
        #expect(error.label == "cancelled")
    }

    @Test func showsWhatItDoes() async throws {
        let simulator = try await TestSimulator("--versions", "v0.0.44")
        let rig = try Rig([simulator.address])
        try await rig.collectOnce()
        let samples = rig.samples
        #expect(samples["slurm_exporter_api_requests_total{cluster=alpha,endpoint=slurm/jobs,status=200}"] == 1)
        #expect(samples["slurm_exporter_api_requests_total{cluster=alpha,endpoint=slurm/ping,status=404}"] == 2)
        #expect(samples["slurm_exporter_upstream_up{cluster=alpha}"] == 1)
        #expect(samples["slurm_exporter_circuit_breaker_state{cluster=alpha}"] == 0)
        #expect(samples["slurm_exporter_requests_in_flight{cluster=alpha}"] == 0)
        #expect(samples["slurm_exporter_response_bytes_total{cluster=alpha,endpoint=slurm/nodes}"] ?? 0 > 1000)
        #expect(
            samples.keys.contains {
                $0.hasPrefix("slurm_exporter_api_version_info{cluster=alpha,plugin=slurm,version=v0.0.44")
            })
        #expect(rig.upstream.status.feeds.allSatisfy { $0.error == nil && $0.generation == 1 && $0.ageSeconds != nil })
    }

    @Test func takesTheNameOfTheClusterFromSlurm() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address], [.diag], name: "")
        #expect(rig.upstream.cluster == "")
        try await rig.collectOnce()
        #expect(rig.upstream.cluster == "simulated")
    }

    @Test func takesOverOtherSettings() async throws {
        let (one, other) = (try await TestSimulator(), try await TestSimulator())
        let rig = try Rig([one.address], [.diag], every: 0.05)
        #expect(try await rig.run { rig.recorder.answers.count >= 2 })
        var settings = ClusterSettings()
        settings.rest.addresses = [other.address]
        try rig.upstream.update(settings, schedule: [FeedSchedule(.ping, every: .seconds(0.05))])
        #expect(try await rig.run { rig.recorder.answers(.ping).count >= 2 })
        #expect(try await other.report().requests("slurm/ping") >= 2)
    }

    @Test func findsTheVersionsOfTheAccountingByThemselves() async throws {
        let simulator = try await TestSimulator("--versions", "v0.0.41,v0.0.42")
        let rig = try Rig([simulator.address], [.diag])
        try await rig.collectOnce()
        try await simulator.cause("slurmdb/v0.0.42/* version-withdrawn")
        let source = try #require(rig.source)
        let version = try await source.version(of: .accounting, source.session.address, timeout: nil)
        #expect(version == APIVersion(41))
        #expect(rig.upstream.status.versions == ["slurm": "v0.0.42", "slurmdb": "v0.0.41"])
    }

    @Test func takesADatabaseThatIsDownForWhatItIs() async throws {
        let simulator = try await TestSimulator("--fault", "* slurmdbd-down")
        let rig = try Rig([simulator.address], [.diag])
        try await rig.collectOnce()
        let source = try #require(rig.source)
        let error = await #expect(throws: UpstreamError.self) {
            try await source.version(of: .accounting, source.session.address, timeout: nil)
        }
        #expect(error?.label == "database_down")
    }

    @Test func tellsWhenJobsAreHidden() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address])
        try await rig.collectOnce()
        #expect(rig.upstream.status.visibility == nil)
        #expect(rig.samples["slurm_exporter_records_hidden{cluster=alpha}"] == 0)
        rig.upstream.state.withLock { $0.runningJobs = 500 }
        #expect(rig.upstream.status.visibility?.contains("500") == true)
        #expect(rig.samples["slurm_exporter_records_hidden{cluster=alpha}"] == 1)
    }

    @Test func refusesSettingsThatNoRequestCanBeMadeWith() async throws {
        for configure in [
            { $0.rest.addresses = ["nowhere"] }, { $0.rest.addresses = [] }, { $0.rest.apiVersion = "44" },
        ]
            as [(inout ClusterSettings) -> Void]
        {
            let rig = try Rig([], configure: configure)
            let error = await #expect(throws: UpstreamError.self) { try await rig.upstream.start() }
            #expect(error?.label == "configuration")
        }
    }
}
