import Locks
import Metrics
import TestSupport
import Testing

@testable import Snapshots

@Suite struct OwnFigureTests {
    /// What a process shows of itself after a collection of each of two collectors failed, one of them twice.
    private func page(_ change: (inout OwnFigures) -> Void) async throws -> String {
        var settings = SnapshotSettings()
        settings.errorTypes = ["timeout", "auth"]
        change(&settings.own)
        let scene = try Scene(settings, memory: MemoryReading(used: 1 << 20, limit: nil))
        scene.snapshots.expect(
            [ExpectedCollector("jobs", feeds: [.jobs]), ExpectedCollector("nodes", feeds: [.nodes])], of: "alpha")
        scene.snapshots.failed(.jobs, of: "alpha", error: "timeout", took: .seconds(3))
        scene.snapshots.failed(.nodes, of: "alpha", error: "timeout", took: .seconds(3))
        scene.snapshots.failed(.nodes, of: "alpha", error: "auth", took: .seconds(3))
        _ = try await scene.get("/metrics")
        // A scrape counts once its last byte is on the way.
        try #require(await eventually { scene.snapshots.scrapes.withLock { $0.lastSeconds } != nil })
        return try await scene.get("/metrics").body
    }

    @Test func bucketsAreThoseOfTheSettings() async throws {
        let page = try await page {
            $0.collectionDurationBounds = [1, 7]
            $0.scrapeDurationBounds = [20]
        }
        for (bound, count) in [("1", 0), ("7", 2), ("+Inf", 2)] {
            #expect(
                page.contains(
                    "collection_duration_seconds_bucket{cluster=\"alpha\",collector=\"nodes\",le=\"\(bound)\"} \(count)\n"
                ))
        }
        #expect(page.contains("slurm_exporter_scrape_duration_seconds_bucket{le=\"20\"} 1\n"))
        #expect(!page.contains("le=\"0.1\""))
    }

    @Test(
        arguments: [
            (true, true, #"{cluster="alpha",collector="nodes",error_type="timeout"} 1"#),
            (true, false, #"{cluster="alpha",collector="nodes"} 2"#),
            (false, true, #"{cluster="alpha",error_type="timeout"} 2"#),
            (false, false, #"{cluster="alpha"} 3"#),
        ])
    func errorsAreAddedUpOverWhatIsNotTold(collector: Bool, type: Bool, series: String) async throws {
        let page = try await page {
            $0.collectionErrors = OwnFigures.ErrorLabels(tellsCollector: collector, tellsType: type)
        }
        #expect(page.contains("slurm_exporter_collection_errors_total\(series)\n"))
    }

    @Test func whatIsSwitchedOffIsNotThere() async throws {
        let names = [
            "slurm_exporter_collection_duration_seconds", "slurm_exporter_collect_duration_seconds",
            "slurm_exporter_scrape_duration_seconds_bucket", "slurm_exporter_memory_usage_bytes",
            "slurm_exporter_cache_hit_ratio", "slurm_exporter_collection_errors_total",
        ]
        let everything = try await page { _ in }
        let rest = try await page {
            $0.collectionDurationBounds = nil
            $0.scrapeDurationBounds = nil
            $0.showsMemoryUsage = false
            $0.showsCacheHitRatio = false
            $0.collectionErrors = nil
        }
        for name in names { #expect(everything.contains(name) && !rest.contains(name)) }
        #expect(rest.contains("slurm_exporter_collect_errors_total"))
    }
}
