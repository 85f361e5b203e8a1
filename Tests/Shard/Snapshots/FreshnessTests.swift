import Dispatch
import Locks
import Metrics
import Snapshots
import TestSupport
import Testing

@Suite struct FreshnessTests {
    private func jobs(_ value: Double) -> SeriesTable { gauge("slurm_jobs", [], [[]: value]) }

    @Test func aGenerationReplacesTheOneBefore() async throws {
        let scene = try Scene()
        await scene.publish([jobs(1), gauge("slurm_old", [], [[]: 1])], generation: 1)
        #expect(try await scene.page().contains("slurm_jobs{cluster=\"alpha\"} 1\n"))
        await scene.publish([jobs(2)], generation: 2)
        let page = try await scene.page()
        #expect(page.contains("slurm_jobs{cluster=\"alpha\"} 2\n") && !page.contains("slurm_old"))
        await scene.publish([jobs(1)], generation: 1)
        #expect(try await scene.page() == page)
    }

    /// Also if the answer comes while the page is made.
    @Test(arguments: ["/metrics", "/metrics?cluster=alpha"])
    func aPageHasWhatItSaysWasAnswered(target: String) async throws {
        let registry = MetricRegistry()
        let waiting = Locked<Scene?>(nil)
        registry.collect([]) { _ in
            guard let scene = waiting.withLock({ $0.take() }) else { return }
            let isPublished = DispatchSemaphore(value: 0)
            Task {
                await scene.publish([jobs(1)])
                isPublished.signal()
            }
            _ = isPublished.wait(timeout: .now() + 60)
        }
        let scene = try Scene(registry: registry)
        scene.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs])], of: "alpha")
        waiting.withLock { $0 = scene }
        let page = try await scene.get(target).body
        #expect(page.contains("slurm_exporter_up{cluster=\"alpha\"} 1\n"))
        #expect(page.contains("slurm_jobs{cluster=\"alpha\"} 1\n"))
    }

    @Test func whatIsTooOldVanishesByItself() async throws {
        let scene = try Scene()
        await scene.publish([jobs(1)], lifetime: .seconds(90))
        await scene.publish(
            [gauge("slurm_nodes", [], [[]: 2])], feed: .nodes, collector: "nodes", lifetime: .seconds(300))
        await scene.publish([jobs(3)], cluster: "beta", lifetime: .seconds(300))
        scene.time.advance(by: .milliseconds(89_999))
        #expect(try await scene.page().contains("slurm_jobs{cluster=\"alpha\"} 1\n"))
        scene.time.advance(by: .milliseconds(1))
        for query in ["", "?cluster=alpha"] {
            let page = try await scene.page("/metrics\(query)")
            #expect(!page.contains("slurm_jobs{cluster=\"alpha\"}"))
            #expect(page.contains("slurm_nodes{cluster=\"alpha\"} 2\n"))
        }
        #expect(try await scene.page().contains("slurm_jobs{cluster=\"beta\"} 3\n"))
        #expect(
            try await scene.get("/snapshots/all").body.contains(
                "\"generation\":1,\"isUp\":true,\"kind\":\"feed\",\"lifetime\":90") == false)
        scene.time.advance(by: .seconds(300))
        #expect(try await scene.page() == "")
    }

    @Test func aSnapshotThatComesTooLateIsNotShown() async throws {
        let scene = try Scene()
        await scene.publish([jobs(1)], lifetime: .zero)
        #expect(try await scene.page() == "")
    }

    @Test func aCollectorIsAsOldAsTheOldestOfItsFeeds() async throws {
        let scene = try Scene()
        scene.snapshots.expect([ExpectedCollector("partitions", feeds: [.jobs, .nodes])], of: "alpha")
        func ages() async throws -> [Substring] {
            try await scene.get("/metrics").body.split(separator: "\n").filter {
                $0.hasPrefix("slurm_exporter_data_age_seconds{") || $0.hasPrefix("slurm_exporter_last_collection_t")
            }
        }
        await scene.publish([], feed: .nodes, collector: "partitions")
        #expect(try await ages() == [])
        scene.time.advance(by: .seconds(7))
        await scene.publish([jobs(1)], feed: .jobs, collector: "partitions")
        #expect(try await ages().contains { $0.hasPrefix("slurm_exporter_data_age_seconds{") && $0.hasSuffix(" 7") })
        #expect(try await ages().count == 3)
    }

    @Test func whatSlurmHasNotIsNoFailureUnlessSomebodyAskedForIt() async throws {
        let scene = try Scene()
        func own() async throws -> String { try await scene.get("/metrics").body }
        scene.snapshots.expect(
            [
                ExpectedCollector("accounting", feeds: [.dbd, .tres]), ExpectedCollector("qos", feeds: [.qos, .jobs]),
                ExpectedCollector("fairshare", feeds: [.shares], isRequired: true),
            ], of: "alpha")
        for feed in [Feed.dbd, .tres, .qos, .shares] {
            scene.snapshots.missing(feed, of: "alpha", error: "absent", took: .seconds(1))
        }
        #expect(scene.snapshots.waitingFor == ["alpha jobs"])
        await scene.publish([jobs(1)], collector: "qos")
        #expect(scene.snapshots.waitingFor == [])
        let page = try await own()
        #expect(!page.contains("collector_up{cluster=\"alpha\",collector=\"accounting\"}"))
        #expect(page.contains("slurm_exporter_collector_up{cluster=\"alpha\",collector=\"qos\"} 1\n"))
        #expect(page.contains("slurm_exporter_collector_up{cluster=\"alpha\",collector=\"fairshare\"} 0\n"))
        #expect(page.contains("slurm_exporter_up{cluster=\"alpha\"} 0\n"))
        #expect(scene.snapshots.states.map(\.collector) == ["fairshare", "qos"])
        // It comes, and it fails: now that is a failure.
        await scene.publish([jobs(2)], feed: .shares, collector: "fairshare")
        #expect(try await own().contains("slurm_exporter_up{cluster=\"alpha\"} 1\n"))
        scene.snapshots.failed(.dbd, of: "alpha", error: "timeout", took: .seconds(1))
        #expect(
            try await own().contains("slurm_exporter_collector_up{cluster=\"alpha\",collector=\"accounting\"} 0\n"))
    }

    /// A slice with such a feed would never be served, and its shard never let go.
    @Test func whatSlurmDeniesIsNotWaitedFor() async throws {
        let scene = try Scene()
        scene.snapshots.expect([ExpectedCollector("accounting", feeds: [.accounting, .dbd])], of: "alpha")
        scene.snapshots.failed(.dbd, of: "alpha", error: "denied", took: .seconds(1))
        #expect(try #require(scene.snapshots.states.first).hasAllGranted == false)
        await scene.publish([jobs(1)], feed: .accounting, collector: "accounting")
        var state = try #require(scene.snapshots.states.first)
        #expect(state.hasAllGranted && state.grantedAge != nil && state.age == nil)
        // That may pass.
        scene.snapshots.failed(.dbd, of: "alpha", error: "timeout", took: .seconds(1))
        state = try #require(scene.snapshots.states.first)
        #expect(!state.hasAllGranted && state.grantedAge == nil)
    }

    @Test func upIsWhatTheLastAttemptWas() async throws {
        let scene = try Scene()
        func own() async throws -> String { try await scene.get("/metrics").body }
        scene.snapshots.expect(
            [ExpectedCollector("jobs", feeds: [.jobs]), ExpectedCollector("partitions", feeds: [.jobs, .nodes])],
            of: "alpha")
        let series = { (name: String, collector: String, value: String) in
            "slurm_exporter_\(name){cluster=\"alpha\",collector=\"\(collector)\"} \(value)\n"
        }
        let start = try await own()
        #expect(
            start.contains(series("collector_up", "jobs", "0"))
                && start.contains("slurm_exporter_up{cluster=\"alpha\"} 0\n"))
        #expect(
            start.contains(series("collect_errors_total", "jobs", "0"))
                && !start.contains("slurm_exporter_data_age_seconds{"))
        #expect(scene.snapshots.waitingFor == ["alpha jobs", "alpha nodes"])

        await scene.publish([jobs(1)], lifetime: .seconds(60), took: .seconds(2))
        scene.time.advance(by: .seconds(5))
        let one = try await own()
        #expect(
            one.contains(series("collector_up", "jobs", "1")) && one.contains(series("collector_up", "partitions", "0"))
        )
        #expect(one.contains(series("data_age_seconds", "jobs", "5")))
        #expect(one.contains("slurm_exporter_feed_age_seconds{cluster=\"alpha\",feed=\"jobs\"} 5\n"))
        #expect(one.contains(series("last_collection_timestamp", "jobs", "1700000000")))
        #expect(one.contains(series("last_collection_timestamp_seconds", "jobs", "1700000000")))
        #expect(
            one.contains(
                "slurm_exporter_collection_duration_seconds_bucket{cluster=\"alpha\",collector=\"jobs\",le=\"2.5\"} 1\n"
            ))
        #expect(scene.snapshots.waitingFor == ["alpha nodes"])

        scene.snapshots.failed(.jobs, of: "alpha", error: "timeout", took: .seconds(30))
        let failed = try await own()
        #expect(
            failed.contains(series("collector_up", "jobs", "0"))
                && failed.contains(series("collector_stale", "jobs", "0")))
        #expect(failed.contains("slurm_jobs{cluster=\"alpha\"} 1\n"))
        #expect(
            failed.contains(
                "slurm_exporter_collection_errors_total{cluster=\"alpha\",collector=\"jobs\",error_type=\"timeout\"} 1\n"
            ))
        #expect(failed.contains(series("collections_total", "jobs", "2")))
        #expect(failed.contains(series("collect_duration_seconds_count", "jobs", "2")))

        scene.time.advance(by: .seconds(55))
        let stale = try await own()
        #expect(stale.contains(series("collector_stale", "jobs", "1")) && !stale.contains("slurm_jobs{"))
        #expect(stale.contains(series("data_age_seconds", "jobs", "60")))
        #expect(scene.snapshots.states.map(\.lastError) == ["timeout", "timeout"])
    }

    @Test func aClusterThatIsForgottenIsGone() async throws {
        let scene = try Scene()
        scene.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs])], of: "alpha")
        await scene.publish([jobs(1)])
        await scene.snapshots.forget("alpha")
        #expect(try await scene.get("/metrics").body.contains("alpha") == false)
    }
}
