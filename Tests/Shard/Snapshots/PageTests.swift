import Compression
import Foundation
import Metrics
import Snapshots
import TestSupport
import Testing

@Suite struct PageTests {
    private static let openMetrics = "Accept: application/openmetrics-text;version=1.0.0"

    private func scene(_ settings: SnapshotSettings = SnapshotSettings()) async throws -> Scene {
        let scene = try Scene(settings)
        var waits = SeriesTable(
            MetricFamily("slurm_job_wait_time_seconds", .histogram(bounds: [60]), help: "Waits.", labels: ["partition"])
        )
        waits.setCells([1, 2, 300], at: waits.row("gpu"))
        await scene.publish(
            [waits, gauge("slurm_cluster_jobs_total", ["state"], [["running"]: 3])], cluster: "beta", generation: 7)
        await scene.publish([gauge("slurm_node_cpus_total", ["node"], [["n1"]: 64])], feed: .nodes, collector: "nodes")
        var ended = SeriesTable(
            MetricFamily("slurm_jobs_ended_total", .counter, help: "Ended.", labels: ["state"]))
        ended.set(5, at: ended.row("failed"))
        await scene.publish(
            [gauge("slurm_cluster_jobs_total", ["state"], [["pending"]: 1, ["running"]: 2]), ended], cluster: "alpha")
        return scene
    }

    @Test func twoClustersAsText() async throws {
        #expect(
            try await scene().page() == """
                # HELP slurm_cluster_jobs_total Some.
                # TYPE slurm_cluster_jobs_total gauge
                slurm_cluster_jobs_total{state="pending",cluster="alpha"} 1
                slurm_cluster_jobs_total{state="running",cluster="alpha"} 2
                slurm_cluster_jobs_total{state="running",cluster="beta"} 3
                # HELP slurm_job_wait_time_seconds Waits.
                # TYPE slurm_job_wait_time_seconds histogram
                slurm_job_wait_time_seconds_bucket{partition="gpu",le="60",cluster="beta"} 1
                slurm_job_wait_time_seconds_bucket{partition="gpu",le="+Inf",cluster="beta"} 3
                slurm_job_wait_time_seconds_sum{partition="gpu",cluster="beta"} 300
                slurm_job_wait_time_seconds_count{partition="gpu",cluster="beta"} 3
                # HELP slurm_jobs_ended_total Ended.
                # TYPE slurm_jobs_ended_total counter
                slurm_jobs_ended_total{state="failed",cluster="alpha"} 5
                # HELP slurm_node_cpus_total Some.
                # TYPE slurm_node_cpus_total gauge
                slurm_node_cpus_total{node="n1",cluster="alpha"} 64

                """)
    }

    @Test func oneOfThemAsOpenMetrics() async throws {
        #expect(
            try await scene().page("/metrics?cluster=beta", Self.openMetrics) == """
                # TYPE slurm_cluster_jobs_total gauge
                # HELP slurm_cluster_jobs_total Some.
                slurm_cluster_jobs_total{state="running",cluster="beta"} 3
                # TYPE slurm_job_wait_time_seconds histogram
                # HELP slurm_job_wait_time_seconds Waits.
                slurm_job_wait_time_seconds_bucket{partition="gpu",le="60.0",cluster="beta"} 1
                slurm_job_wait_time_seconds_bucket{partition="gpu",le="+Inf",cluster="beta"} 3
                slurm_job_wait_time_seconds_sum{partition="gpu",cluster="beta"} 300
                slurm_job_wait_time_seconds_count{partition="gpu",cluster="beta"} 3
                # EOF

                """)
    }

    @Test func thePrefixStandsInPlaceOfSlurm() async throws {
        var settings = SnapshotSettings()
        settings.prefix = try MetricPrefix(validating: "slurm_jobs_")
        let scene = try await scene(settings)
        for target in ["/metrics", "/metrics?cluster=beta"] {
            let text = try await scene.get(target).body
            #expect(text.contains("\nslurm_jobs_wait_time_seconds_count{"))
            #expect(
                text.contains("\nslurm_jobs_cluster_jobs_total{") && text.contains("\nslurm_exporter_cache_hits_total ")
            )
        }
    }

    @Test func clashesUnderAPrefixAreNamed() throws {
        let scene = try Scene()
        let families = [
            MetricFamily("slurm_jobs_total", .gauge, help: "Jobs."),
            MetricFamily("slurm_job_total", .gauge, help: "Jobs."),
        ]
        #expect(Snapshots.clashes(among: families, own: scene.registry, under: nil).isEmpty)
        let prefix = try MetricPrefix(validating: "slurm_jobs_")
        #expect(
            Snapshots.clashes(among: families, own: scene.registry, under: prefix).map(\.name) == ["slurm_jobs_total"])
        let own = MetricFamily("slurm_exporter_up", .gauge, help: "Up.")
        #expect(Snapshots.clashes(among: [own], own: scene.registry, under: nil).count == 1)
    }

    @Test func whatIsAskedForIsAllThereIs() async throws {
        let scene = try await scene()
        let nodes = try await scene.page("/metrics?collect%5B%5D=nodes")
        #expect(nodes.contains("slurm_node_cpus_total") && !nodes.contains("slurm_cluster_jobs_total"))
        let both = try await scene.page("/metrics?collect[]=nodes&collect[]=jobs&cluster=alpha&cluster=beta")
        #expect(try await scene.page() == both)
        #expect(try await scene.page("/metrics?cluster=beta&collect[]=nodes") == "")
    }

    @Test func ofOwnFiguresOnlyThoseOfTheClusterAreShown() async throws {
        let scene = try await scene()
        for cluster in ["alpha", "beta"] {
            scene.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs])], of: cluster)
        }
        let text = try await scene.get("/metrics?cluster=beta").body
        #expect(text.contains(#"slurm_exporter_collector_up{cluster="beta",collector="jobs"}"#))
        #expect(!text.contains("alpha") && text.contains("slurm_exporter_cache_hits_total"))
    }

    @Test(arguments: [
        ("cluster=gamma", "no cluster 'gamma'; there are: alpha, beta"),
        ("collect[]=jobs&collect[]=job", "no collector 'job'; there are: jobs, nodes"),
        ("set=vpenso", "no set 'vpenso': there are none but what is shown without set="),
    ])
    func whatIsNotThereIsSaid(query: String, reason: String) async throws {
        let answer = try await scene().get("/metrics?\(query)")
        #expect(answer.status == 400 && answer.body == "400 Bad Request: \(reason)\n")
    }

    @Test func promtoolHasNoComplaint() async throws {
        let scene = try await scene()
        scene.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs])], of: "alpha")
        scene.snapshots.failed(.jobs, of: "alpha", error: "timeout", took: .seconds(3))
        _ = try await scene.get("/metrics")
        let directory = try TemporaryDirectory()
        let text = try await scene.get("/metrics").body
        let file = try directory.write(
            text.replacing("slurm_cluster_jobs_total", with: "slurm_cluster_jobs").replacing(
                "slurm_node_cpus_total", with: "slurm_node_cpus"), to: "metrics")
        let promtool = try ChildProcess("sh", ["-c", "promtool check metrics < \(file)"])
        #expect(try await promtool.exit() == 0, "\(promtool.standardError)\(promtool.standardOutput)")
    }

    /// Readers that others wrote, over the wire: curl, and what it saves by gzip and Python.
    @Test(arguments: ["/metrics", "/metrics?cluster=alpha", "/metrics?collect[]=jobs", "/snapshots/all"])
    func compressedItIsTheSame(target: String) async throws {
        let scene = try await scene()
        let directory = try TemporaryDirectory()
        let url = "http://\(scene.address)\(target)"
        let plain = try await output("curl", "-sg", url)
        #expect(try await output("curl", "-sg", "--compressed", url).withoutFigures == plain.withoutFigures)
        _ = try await output("curl", "-sg", "-H", "Accept-Encoding: gzip", "-o", directory.path("page.gz"), url)
        let unzipped = try await output("gzip", "-d", "-c", directory.path("page.gz"))
        #expect(unzipped.withoutFigures == plain.withoutFigures && plain.count > 100)
        let python = "import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())"
        #expect(try await output("python3", "-c", python, directory.path("page.gz")) == unzipped)
    }

    private func output(_ command: String...) async throws -> String {
        let process = try ChildProcess(command[0], Array(command[1...]))
        #expect(try await process.exit() == 0, "\(process.standardError)")
        return process.standardOutput
    }
}

extension String {
    /// Figures of the process change from scrape to scrape.
    fileprivate var withoutFigures: String {
        hasPrefix("{") ? self : withoutOwnFamilies
    }
}
