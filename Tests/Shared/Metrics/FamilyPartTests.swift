import Metrics
import Testing

/// Families whose series come from several clusters.
@Suite struct FamilyPartTests {
    private func part(_ table: SeriesTable, _ cluster: String) -> FamilyPart {
        FamilyPart(table, constantLabels: [SeriesLabel("cluster", cluster)])
    }

    private func render(_ parts: [FamilyPart], _ format: MetricsFormat) -> String {
        var bytes: [UInt8] = []
        MetricsRenderer(format).append(parts, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func allStandUnderOneHeader() {
        let family = MetricFamily("slurm_jobs", .gauge, help: "Jobs.", labels: ["state"])
        var (first, second) = (SeriesTable(family), SeriesTable(family))
        first.set(3, at: first.row("running"))
        second.set(5, at: second.row(""))
        second.set(4, at: second.row("running"))
        #expect(
            render([part(first, "a"), part(SeriesTable(family), "b"), part(second, "c")], .text) == """
                # HELP slurm_jobs Jobs.
                # TYPE slurm_jobs gauge
                slurm_jobs{state="running",cluster="a"} 3
                slurm_jobs{cluster="c"} 5
                slurm_jobs{state="running",cluster="c"} 4

                """)
    }

    /// A gauge histogram is three families in text 0.0.4, so each cluster comes three times.
    @Test func eachBlockHasAllClusters() {
        let family = MetricFamily("slurm_ages_seconds", .gaugeHistogram(bounds: [1]), help: "Ages.")
        var table = SeriesTable(family)
        table.setCells([1, 2, 9], at: table.row())
        let text = render([part(table, "a"), part(table, "b")], .text)
        #expect(text.components(of: "# TYPE") == 3)
        let gcounts = #"slurm_ages_seconds_gcount{cluster="a"} 3"# + "\n" + #"slurm_ages_seconds_gcount{cluster="b"} 3"#
        #expect(text.contains(gcounts))
        #expect(render([part(table, "a"), part(table, "b")], .openMetrics).components(of: "# TYPE") == 1)
    }

    @Test func withoutSeriesThereIsNothing() {
        let family = MetricFamily("slurm_jobs", .gauge, help: "Jobs.")
        #expect(render([part(SeriesTable(family), "a")], .text).isEmpty)
        #expect(render([], .openMetrics).isEmpty)
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
