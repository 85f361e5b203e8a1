import Foundation
import FoundationNetworking
import TestSupport
import Testing

struct ShardTests {
    @Test func servesItsOwnFiguresInBothFormats() async throws {
        let shard = try await RunningShard()
        let text = try await shard.get("/metrics")
        #expect(text.status == 200)
        #expect(text.fields.value(forHTTPHeaderField: "Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(text.body.contains("\nprocess_resident_memory_bytes "))
        #expect(text.body.contains("slurm_exporter_build_info{version=\"0.1.0\""))

        let openMetrics = try await shard.get(
            "/metrics", headers: ["Accept": "application/openmetrics-text;version=1.0.0"])
        #expect(openMetrics.body.hasSuffix("# EOF\n"))
        let second = try await shard.get("/metrics").body
        #expect(second.contains("slurm_exporter_http_requests_total{route=\"/metrics\",status=\"200\"} 2\n"))
    }

    @Test func promtoolHasNoComplaint() async throws {
        let shard = try await RunningShard()
        let directory = try TemporaryDirectory()
        let file = try directory.write(try await shard.get("/metrics").body, to: "metrics")
        let promtool = try ChildProcess("sh", ["-c", "promtool check metrics < \(file)"])
        #expect(try await promtool.exit() == 0, "\(promtool.standardError)\(promtool.standardOutput)")
    }

    @Test func prometheusReadsIt() async throws {
        let shard = try await RunningShard()
        let prometheus = try await RunningPrometheus(scraping: shard.address)
        #expect(await eventually { await prometheus.value(of: "up") == "1" })
        #expect(
            await eventually { await prometheus.value(of: "slurm_exporter_http_connections_accepted_total > 0") != nil }
        )
    }

    @Test func isReadyWhereNobodyAnswersForSlurm() async throws {
        let shard = try await RunningShard(configuration: "slurm: {base_url: 'http://127.0.0.1:1'}\n")
        #expect(await eventually { (try? await shard.get("/ready").status) == 200 })
    }

    @Test(arguments: [("/health", 200), ("/", 200), ("/nothing", 404), ("/-/reload", 404)])
    func answers(path: String, status: Int) async throws {
        let shard = try await RunningShard()
        #expect(try await shard.get(path).status == status)
    }

    @Test func reloadsTheLogLevelWhenAsked() async throws {
        let shard = try await RunningShard(
            configuration: "log: {level: error}", arguments: ["--log.levels", "web=info"])
        try shard.rewriteConfiguration("log: {level: info}")
        shard.process.send(SIGHUP)
        // The line that tells of the reload itself is one that the old level held back.
        #expect(await eventually { shard.process.standardError.contains("service reload done") })
    }

    @Test func everyReasonWhyAReloadFailsIsTold() async throws {
        let shard = try await RunningShard()
        for number in 1...8 {
            try shard.rewriteConfiguration("log: {level: nonsense\(number)}")
            shard.process.send(SIGHUP)
            #expect(await eventually { shard.process.standardError.contains("nonsense\(number)") })
        }
        #expect(try await shard.get("/metrics").body.contains("slurm_exporter_config_last_reload_successful 0\n"))
    }

    @Test func aChangeThatNeedsARestartIsSaid() async throws {
        let shard = try await RunningShard()
        try shard.rewriteConfiguration("log: {level: info}", web: "listen: 127.0.0.1:0, idle_timeout: 7s")
        shard.process.send(SIGHUP)
        #expect(await eventually { shard.process.standardError.contains("takes effect at the next start") })
    }

    @Test func reloadsByPostWhereThatIsEnabled() async throws {
        let shard = try await RunningShard(configuration: "", arguments: ["--web.enable-lifecycle"])
        #expect(try await shard.get("/-/reload", method: "POST").status == 202)
        #expect(await eventually { shard.process.standardError.contains("reload requested") })
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func stopsInOrder(signal: Int32) async throws {
        let shard = try await RunningShard()
        shard.process.send(signal)
        #expect(try await shard.process.exit() == 0)
        #expect(shard.process.standardError.contains("stopped listening"))
    }

    @Test func refusesAnAddressInUse() async throws {
        let shard = try await RunningShard()
        let second = try ChildProcess(try builtProgram("slurm-shard"), ["--web.listen", shard.address])
        #expect(try await second.exit() == 1)
        #expect(second.standardError.contains(shard.address))
    }
}
