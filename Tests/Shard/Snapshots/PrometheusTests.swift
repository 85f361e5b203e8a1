import Metrics
import Snapshots
import TestSupport
import Testing

/// A real Prometheus, which asks for OpenMetrics and gzip, reads pages of prepared and fresh parts.
@Suite struct PrometheusTests {
    @Test(.timeLimit(.minutes(2))) func itReadsEveryGeneration() async throws {
        let scene = try Scene()
        scene.snapshots.expect([ExpectedCollector("nodes", feeds: [.nodes])], of: "alpha")
        func publish(_ generation: UInt64) async {
            var load = SeriesTable(MetricFamily("slurm_node_load", .gauge, help: "Load.", labels: ["node"]))
            for number in 0..<2000 { load.set(Double(generation), at: load.row("n\(number) \"ü\\\n")) }
            var waits = SeriesTable(
                MetricFamily("slurm_job_wait_time_seconds", .histogram(bounds: [60]), help: "Waits.", unit: "seconds"))
            waits.setCells([1, 2, 300], at: waits.row())
            for cluster in ["alpha", "beta"] {
                await scene.publish(
                    [load, waits], cluster: cluster, feed: .nodes, collector: "nodes", generation: generation)
            }
        }
        await publish(1)
        let prometheus = try await RunningPrometheus(scraping: scene.address)
        for generation: UInt64 in 1...3 {
            await publish(generation)
            #expect(
                await eventually {
                    await prometheus.value(of: "count(slurm_node_load == \(generation)) == 4000") == "4000"
                })
        }
        #expect(
            await eventually {
                await prometheus.value(of: "sum(slurm_job_wait_time_seconds_bucket{le=~\".Inf\"})") == "6"
            })
        #expect(
            await eventually {
                await prometheus.value(of: "slurm_exporter_collector_up{cluster=\"alpha\"}") == "1"
            })
        #expect(
            await eventually {
                let hits = await prometheus.value(of: "slurm_exporter_cache_hits_total")
                return Double(hits ?? "") ?? 0 > 0
            })
        scene.time.advance(by: .seconds(90))
        #expect(await eventually { await prometheus.value(of: "count(slurm_node_load)") == nil })
        #expect(!prometheus.log.contains("level=warn") && !prometheus.log.contains("level=error"), "\(prometheus.log)")
    }
}
