import Metrics
import Testing

@Suite struct RenderingTests {
    @Test func gauge() {
        var table = SeriesTable(
            MetricFamily("slurm_mem_bytes", .gauge, help: "Memory.", unit: "bytes", labels: ["node", "state"]))
        table.set(1024, at: table.row("n2", "idle"))
        table.set(0.5, at: table.row("n1", ""))
        table.set(-1, at: table.row("", ""))
        expect(
            [table],
            text: """
                # HELP slurm_mem_bytes Memory.
                # TYPE slurm_mem_bytes gauge
                slurm_mem_bytes -1
                slurm_mem_bytes{node="n1"} 0.5
                slurm_mem_bytes{node="n2",state="idle"} 1024

                """,
            openMetrics: """
                # TYPE slurm_mem_bytes gauge
                # UNIT slurm_mem_bytes bytes
                # HELP slurm_mem_bytes Memory.
                slurm_mem_bytes -1
                slurm_mem_bytes{node="n1"} 0.5
                slurm_mem_bytes{node="n2",state="idle"} 1024
                # EOF

                """)
    }

    @Test func counter() {
        var table = SeriesTable(
            MetricFamily("slurm_cpu_seconds_total", .counter, help: "Used.", unit: "seconds", labels: ["user"]))
        let ann = table.row("ann")
        table.set(7, at: ann)
        table.setCreated(1_700_000_000.5, at: ann)
        table.set(8, at: table.row("bob"))
        table.set(-1, at: table.row("cid"))
        table.set(.nan, at: table.row("dan"))
        expect(
            [table],
            text: """
                # HELP slurm_cpu_seconds_total Used.
                # TYPE slurm_cpu_seconds_total counter
                slurm_cpu_seconds_total{user="ann"} 7
                slurm_cpu_seconds_total{user="bob"} 8

                """,
            openMetrics: """
                # TYPE slurm_cpu_seconds counter
                # UNIT slurm_cpu_seconds seconds
                # HELP slurm_cpu_seconds Used.
                slurm_cpu_seconds_total{user="ann"} 7
                slurm_cpu_seconds_created{user="ann"} 1700000000.5
                slurm_cpu_seconds_total{user="bob"} 8
                # EOF

                """)
    }

    @Test func counterWhoseNameSaysNothingOfIt() {
        var table = SeriesTable(MetricFamily("slurm_backfilled", .counter, help: "Jobs."))
        table.set(7, at: table.row())
        expect(
            [table],
            text: """
                # HELP slurm_backfilled Jobs.
                # TYPE slurm_backfilled counter
                slurm_backfilled 7

                """,
            openMetrics: """
                # TYPE slurm_backfilled unknown
                # HELP slurm_backfilled Jobs.
                slurm_backfilled 7
                # EOF

                """)
    }

    @Test func histogram() {
        var table = SeriesTable(
            MetricFamily(
                "slurm_wait_seconds", .histogram(bounds: [0.5, 1, 1_000_000]), help: "Waits.", unit: "seconds",
                labels: ["qos"]))
        let high = table.row("high")
        table.setCreated(5, at: high)
        for value in [0.25, 0.5, 1, 2, 2_000_000] { table.observe(value, at: high) }
        expect(
            [table],
            text: """
                # HELP slurm_wait_seconds Waits.
                # TYPE slurm_wait_seconds histogram
                slurm_wait_seconds_bucket{qos="high",le="0.5"} 2
                slurm_wait_seconds_bucket{qos="high",le="1"} 3
                slurm_wait_seconds_bucket{qos="high",le="1e+06"} 4
                slurm_wait_seconds_bucket{qos="high",le="+Inf"} 5
                slurm_wait_seconds_sum{qos="high"} 2000003.75
                slurm_wait_seconds_count{qos="high"} 5

                """,
            openMetrics: """
                # TYPE slurm_wait_seconds histogram
                # UNIT slurm_wait_seconds seconds
                # HELP slurm_wait_seconds Waits.
                slurm_wait_seconds_bucket{qos="high",le="0.5"} 2
                slurm_wait_seconds_bucket{qos="high",le="1.0"} 3
                slurm_wait_seconds_bucket{qos="high",le="1e+06"} 4
                slurm_wait_seconds_bucket{qos="high",le="+Inf"} 5
                slurm_wait_seconds_sum{qos="high"} 2000003.75
                slurm_wait_seconds_count{qos="high"} 5
                slurm_wait_seconds_created{qos="high"} 5
                # EOF

                """)
    }

    @Test func histogramOfNegativeValues() {
        var table = SeriesTable(MetricFamily("slurm_drift", .histogram(bounds: [-1]), help: "Drift."))
        table.observe(-2, at: table.row())
        expect(
            [table],
            text: """
                # HELP slurm_drift Drift.
                # TYPE slurm_drift histogram
                slurm_drift_bucket{le="-1"} 1
                slurm_drift_bucket{le="+Inf"} 1
                slurm_drift_sum -2
                slurm_drift_count 1

                """,
            openMetrics: """
                # TYPE slurm_drift histogram
                # HELP slurm_drift Drift.
                slurm_drift_bucket{le="-1.0"} 1
                slurm_drift_bucket{le="+Inf"} 1
                # EOF

                """)
    }

    @Test func gaugeHistogram() throws {
        var table = SeriesTable(try MetricFamily(foreign: "ages", .gaugeHistogram(bounds: [2])))
        table.setCells([1, 2, 30], at: try table.row(labels: []))
        expect(
            [table],
            text: """
                # TYPE ages histogram
                ages_bucket{le="2"} 1
                ages_bucket{le="+Inf"} 3
                # TYPE ages_gcount gauge
                ages_gcount 3
                # TYPE ages_gsum gauge
                ages_gsum 30

                """,
            openMetrics: """
                # TYPE ages gaugehistogram
                ages_bucket{le="2.0"} 1
                ages_bucket{le="+Inf"} 3
                ages_gcount 3
                ages_gsum 30
                # EOF

                """)
    }

    @Test func summary() throws {
        var table = SeriesTable(try MetricFamily(foreign: "rpc", .summary(quantiles: [0.5, 1])))
        table.setCells([2, .nan, 30, 10], at: try table.row(labels: [SeriesLabel("job", "a")]))
        expect(
            [table],
            text: """
                # TYPE rpc summary
                rpc{job="a",quantile="0.5"} 2
                rpc{job="a",quantile="1"} NaN
                rpc_sum{job="a"} 30
                rpc_count{job="a"} 10

                """,
            openMetrics: """
                # TYPE rpc summary
                rpc{job="a",quantile="0.5"} 2
                rpc{job="a",quantile="1.0"} NaN
                rpc_sum{job="a"} 30
                rpc_count{job="a"} 10
                # EOF

                """)
    }

    @Test func info() {
        var table = SeriesTable(MetricFamily("slurm_build_info", .info, help: "Build.", labels: ["version"]))
        _ = table.row("23.11")
        expect(
            [table],
            text: """
                # HELP slurm_build_info Build.
                # TYPE slurm_build_info gauge
                slurm_build_info{version="23.11"} 1

                """,
            openMetrics: """
                # TYPE slurm_build info
                # HELP slurm_build Build.
                slurm_build_info{version="23.11"} 1
                # EOF

                """)
    }

    @Test func stateset() {
        var table = SeriesTable(
            MetricFamily("slurm_state", .stateset(states: ["up", "down"]), help: "State.", labels: ["node"]))
        table.setState("down", at: table.row("n1"))
        expect(
            [table],
            text: """
                # HELP slurm_state State.
                # TYPE slurm_state gauge
                slurm_state{node="n1",slurm_state="up"} 0
                slurm_state{node="n1",slurm_state="down"} 1

                """,
            openMetrics: """
                # TYPE slurm_state stateset
                # HELP slurm_state State.
                slurm_state{node="n1",slurm_state="up"} 0
                slurm_state{node="n1",slurm_state="down"} 1
                # EOF

                """)
    }

    @Test func unknownFamiliesAndTimestamps() throws {
        var table = SeriesTable(try MetricFamily(foreign: "x", .unknown))
        for (index, time) in [1_700_000_000_000, 1_700_000_000_050, -1_500].enumerated() {
            let row = try table.row(labels: [SeriesLabel("n", "\(index)")])
            table.setTimestamp(Int64(time), at: row)
        }
        _ = try table.row(labels: [SeriesLabel("n", "3")])
        expect(
            [table], writesTimestamps: true,
            text: """
                # TYPE x untyped
                x{n="0"} 0 1700000000000
                x{n="1"} 0 1700000000050
                x{n="2"} 0 -1500
                x{n="3"} 0

                """,
            openMetrics: """
                # TYPE x unknown
                x{n="0"} 0 1700000000
                x{n="1"} 0 1700000000.050
                x{n="2"} 0 -1.500
                x{n="3"} 0
                # EOF

                """)
    }

    @Test func escaping() {
        var table = SeriesTable(
            MetricFamily("slurm_x", .gauge, help: "a\\b\n\"c\"", labels: ["name"]))
        _ = table.row("\\ \" \n \t \u{0} \r ü")
        expect(
            [table],
            text: """
                # HELP slurm_x a\\\\b\\n"c"
                # TYPE slurm_x gauge
                slurm_x{name="\\\\ \\" \\n \t \u{0} \r ü"} 0

                """,
            openMetrics: """
                # TYPE slurm_x gauge
                # HELP slurm_x a\\\\b\\n\\"c\\"
                slurm_x{name="\\\\ \\" \\n \t \u{0} \r ü"} 0
                # EOF

                """)
    }

    @Test func aPrefixRenamesEverything() {
        var counter = SeriesTable(MetricFamily("slurm_job_total", .counter, help: "Jobs."))
        counter.set(1, at: counter.row())
        var states = SeriesTable(MetricFamily("slurm_state", .stateset(states: ["up"]), help: "State."))
        states.setState("up", at: states.row())
        var own = SeriesTable(MetricFamily("slurm_exporter_up", .gauge, help: "Up."))
        own.set(1, at: own.row())
        expect(
            [counter, states, own], prefix: "slurm_jobs_",
            text: """
                # HELP slurm_jobs_total Jobs.
                # TYPE slurm_jobs_total counter
                slurm_jobs_total 1
                # HELP slurm_jobs_state State.
                # TYPE slurm_jobs_state gauge
                slurm_jobs_state{slurm_jobs_state="up"} 1
                # HELP slurm_exporter_up Up.
                # TYPE slurm_exporter_up gauge
                slurm_exporter_up 1

                """,
            openMetrics: """
                # TYPE slurm_jobs counter
                # HELP slurm_jobs Jobs.
                slurm_jobs_total 1
                # TYPE slurm_jobs_state stateset
                # HELP slurm_jobs_state State.
                slurm_jobs_state{slurm_jobs_state="up"} 1
                # TYPE slurm_exporter_up gauge
                # HELP slurm_exporter_up Up.
                slurm_exporter_up 1
                # EOF

                """)
    }

    @Test func constantLabelsGoWhereThereAreNone() throws {
        var open = SeriesTable(try MetricFamily(foreign: "x", .gauge))
        _ = try open.row(labels: [])
        _ = try open.row(labels: [SeriesLabel("job", "own")])
        _ = try open.row(labels: [SeriesLabel("a", #",job=\"no""#)])
        var histogram = SeriesTable(MetricFamily("slurm_h", .histogram(bounds: []), help: "H.", labels: ["zone"]))
        histogram.observe(1, at: histogram.row("own"))
        expect(
            [open, histogram], constantLabels: [.init("job", "all"), .init("none", ""), .init("zone", "\"z\"")],
            text: """
                # TYPE x gauge
                x{job="all",zone="\\"z\\""} 0
                x{a=",job=\\\\\\"no\\"",job="all",zone="\\"z\\""} 0
                x{job="own",zone="\\"z\\""} 0
                # HELP slurm_h H.
                # TYPE slurm_h histogram
                slurm_h_bucket{zone="own",le="+Inf",job="all"} 1
                slurm_h_sum{zone="own",job="all"} 1
                slurm_h_count{zone="own",job="all"} 1

                """)
    }

    @Test func familiesWithoutSeriesAreLeftOut() {
        let table = SeriesTable(MetricFamily("slurm_x", .gauge, help: "X."))
        expect([table], text: "", openMetrics: "# EOF\n")
    }

    @Test func theOrderIsThatOfTheLabelsAndNotOfTheHistory() {
        let family = MetricFamily("slurm_x", .gauge, help: "X.", labels: ["a", "b"])
        let values = (0..<50).map { ["\($0 % 7)", "x\($0)"] }
        var forward = SeriesTable(family)
        for labels in values { _ = forward.row(labels) }
        var backward = SeriesTable(family)
        backward.beginGeneration()
        for labels in values.reversed() + [["gone", "1"]] { _ = backward.row(labels) }
        backward.endGeneration()
        backward.beginGeneration()
        for labels in values.shuffled() { _ = backward.row(labels) }
        backward.endGeneration()
        #expect(MetricsRenderer(.text).render([forward]) == MetricsRenderer(.text).render([backward]))
    }

    @Test func aBufferIsAppendedTo() {
        var table = SeriesTable(MetricFamily("slurm_x", .gauge, help: "X."))
        _ = table.row()
        var bytes = Array("# before\n".utf8)
        MetricsRenderer(.text).render([table], into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("# before\n# HELP slurm_x X.\n"))
    }

    @Test func contentTypesAreExact() {
        #expect(MetricsFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            MetricsFormat.openMetrics.contentType
                == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }

    private func expect(
        _ tables: [SeriesTable], prefix: MetricPrefix? = nil, constantLabels: [SeriesLabel] = [],
        writesTimestamps: Bool = false, text: String? = nil, openMetrics: String? = nil,
        at location: SourceLocation = #_sourceLocation
    ) {
        for (format, wanted) in [(MetricsFormat.text, text), (.openMetrics, openMetrics)] {
            guard let wanted else { continue }
            let renderer = MetricsRenderer(
                format, prefix: prefix, constantLabels: constantLabels, writesTimestamps: writesTimestamps)
            let rendered = String(decoding: renderer.render(tables), as: UTF8.self)
            #expect(rendered == wanted, sourceLocation: location)
        }
    }
}
