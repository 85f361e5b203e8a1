import TestSupport
import Testing

/// A Prometheus takes the coordinator for one of the Prometheus servers below it, as sites configure that.
struct PrometheusAboveTests {
    /// Jobs as they are written for servers below, other than how often they ask.
    @Test(arguments: [
        """
        job_name: 'federate'
            honor_labels: true
            metrics_path: '/federate'
            params:
              'match[]':
                - '{job=~"slurm-.*"}'
                - 'slurm:cluster_cpu_utilization_ratio'
                - 'slurm:partition_queue_depth'
        """,
        """
        job_name: 'federation'
            honor_labels: true
            metrics_path: '/federate'
            params:
              'match[]':
                - '{job=~"slurm.*"}'
        """,
    ])
    func itHasEverySeriesAndNothingToComplainOf(_ job: String) async throws {
        let simulator = try await RunningSimulator(nodes: 20, jobs: 60)
        let fleet = try await RunningFleet(of: simulator, shards: 2)
        try await fleet.settles()
        let prometheus = try await RunningPrometheus(
            configuration: """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - \(job)
                    static_configs:
                      - targets: ['\(fleet.address)']
                """)
        var differences: Set<String> = []
        var count = 0
        let isWhole = try await eventually {
            let shown = Poller.series(in: try await fleet.get(fleet.address, Self.everything).body)
            // There a time comes after the value.
            let taken = Poller.series(in: try await fleet.get(prometheus.address, Self.everything).body)
                .map { String($0[..<($0.lastIndex(of: " ") ?? $0.endIndex)]) }
            count = shown.count
            differences = Set(shown.map(Self.plain)).symmetricDifference(taken.map(Self.plain))
            try await Task.sleep(for: .milliseconds(100))
            return count > 500 && differences.isEmpty
        }
        #expect(isWhole, "\(differences.count): \(differences.sorted().prefix(10))")
        let isSteady = await eventually {
            try? await Task.sleep(for: .milliseconds(100))
            let count = await prometheus.value(of: "count_over_time(up[8s]) > bool 5")
            let least = await prometheus.value(of: "min_over_time(up[8s])")
            return count == "1" && least == "1"
        }
        #expect(isSteady)
        #expect(prometheus.complaints == [])
        print("a Prometheus above has all \(count) series")
    }

    /// Text and OpenMetrics write whole bounds of buckets in two ways.
    private static func plain(_ series: String) -> String { series.replacing(#/(le="[0-9]+)\.0"/#) { "\($0.1)\"" } }

    private static let everything = "/federate?match%5B%5D=%7Bjob%3D%22slurm-exporter%22%7D"
}
