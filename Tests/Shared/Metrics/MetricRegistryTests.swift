import Metrics
import Testing

@Suite struct MetricRegistryTests {
    private let requests = MetricFamily(
        "slurm_exporter_requests_total", .counter, help: "Requests.", labels: ["feed"])
    private let durations = MetricFamily(
        "slurm_exporter_request_seconds", .histogram(bounds: [0.1, 1]), help: "How long they took.", unit: "seconds")
    private let open = MetricFamily("slurm_exporter_connections", .gauge, help: "Open connections.")
    private let processor = MetricFamily("process_cpu_seconds_total", .counter, help: "Time used.", unit: "seconds")

    @Test func aProcessShowsItsOwnFigures() {
        let registry = MetricRegistry()
        registry.counter(requests, "jobs").increment()
        registry.counter(requests, "nodes").increment(by: 2)
        registry.counter(requests, "jobs").increment()
        registry.histogram(durations).observe(.milliseconds(250))
        registry.gauge(open).set(3)
        registry.gauge(open).add(-1)
        registry.collect([processor]) { $0[0].set(1.25, at: $0[0].row()) }
        let text = String(decoding: MetricsRenderer(.text).render(registry.tables()), as: UTF8.self)
        #expect(
            text == """
                # HELP process_cpu_seconds_total Time used.
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total 1.25
                # HELP slurm_exporter_connections Open connections.
                # TYPE slurm_exporter_connections gauge
                slurm_exporter_connections 2
                # HELP slurm_exporter_request_seconds How long they took.
                # TYPE slurm_exporter_request_seconds histogram
                slurm_exporter_request_seconds_bucket{le="0.1"} 0
                slurm_exporter_request_seconds_bucket{le="1"} 1
                slurm_exporter_request_seconds_bucket{le="+Inf"} 1
                slurm_exporter_request_seconds_sum 0.25
                slurm_exporter_request_seconds_count 1
                # HELP slurm_exporter_requests_total Requests.
                # TYPE slurm_exporter_requests_total counter
                slurm_exporter_requests_total{feed="jobs"} 2
                slurm_exporter_requests_total{feed="nodes"} 2

                """)
    }

    @Test func noStepOfManyThreadsIsLost() async {
        let registry = MetricRegistry()
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask { [requests, durations, open] in
                    for _ in 0..<1000 {
                        registry.counter(requests, "feed\(task % 2)").increment()
                        registry.gauge(open).add(1)
                        registry.histogram(durations).observe(0.5)
                    }
                }
                group.addTask { _ = registry.tables() }
            }
        }
        #expect(registry.counter(requests, "feed0").value == 4000)
        #expect(registry.counter(requests, "feed1").value == 4000)
        #expect(registry.gauge(open).value == 8000)
        let histogram = registry.tables()[1]
        #expect(histogram.family == durations)
        #expect(histogram.rows.map(histogram.cells) == [[0, 8000, 0, 4000]])
    }
}
