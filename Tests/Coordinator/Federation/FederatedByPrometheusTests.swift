import Exposition
import FederatedSeries
import Federation
import HTTPServer
import ServiceRuntime
import TestSupport
import Testing

/// A server above the coordinator, configured as sites configure theirs.
struct FederatedByPrometheusTests {
    private static let document = """
        # HELP slurm_jobs_pending Jobs.
        # TYPE slurm_jobs_pending gauge
        slurm_jobs_pending{cluster="alpha",partition="gpu"} 3
        # TYPE slurm_job_wait_time_seconds histogram
        slurm_job_wait_time_seconds_bucket{cluster="alpha",le="1"} 1
        slurm_job_wait_time_seconds_bucket{cluster="alpha",le="+Inf"} 2
        slurm_job_wait_time_seconds_sum{cluster="alpha"} 10
        slurm_job_wait_time_seconds_count{cluster="alpha"} 2
        # TYPE slurm:partition_queue_depth gauge
        slurm:partition_queue_depth{cluster="alpha",partition="gpu"} 3

        """

    @Test func givesEverySeriesWithoutAComplaint() async throws {
        let federation = Federation()
        federation.arrange(["fleet"])
        var reader = PartReader(
            .text, labels: TargetLabels(["job": "slurm-exporter"], honorsLabels: true), time: 0)
        try reader.read(Array(Self.document.utf8))
        federation.publish(try reader.finish().part, of: "fleet")
        var router = Router()
        router.add(federation)
        let server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
        let target = "127.0.0.1:\(server.addresses[0].port!)"
        let prometheus = try await RunningPrometheus(
            configuration: """
                global: {scrape_interval: 500ms, scrape_timeout: 500ms}
                scrape_configs:
                - job_name: federate
                  honor_labels: true
                  metrics_path: /federate
                  params:
                    'match[]':
                    - '{job=~"slurm-.*"}'
                    - 'slurm:cluster_cpu_utilization_ratio'
                    - 'slurm:partition_queue_depth'
                  static_configs:
                  - targets: ['\(target)']
                """)
        for (expression, value) in [
            (#"count({job="slurm-exporter",instance=""})"#, "6"), ("up", "1"),
            (#"slurm:partition_queue_depth{cluster="alpha",job="slurm-exporter"}"#, "3"),
        ] {
            var found: String?
            let isFound = await eventually {
                found = await prometheus.value(of: expression)
                return found == value
            }
            #expect(isFound, "\(expression) is \(found ?? "nothing")")
        }
        #expect(prometheus.complaints == [])
        withExtendedLifetime(server) {}
    }
}
