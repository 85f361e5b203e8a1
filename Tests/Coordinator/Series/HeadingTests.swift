import Exposition
import FederatedSeries
import Metrics
import Selectors
import Testing

struct HeadingTests {
    private static let all = "{__name__=~\".*\"}"
    private static let document = """
        # HELP h A "histogram".
        # TYPE h histogram
        h_bucket{le="1",x="a"} 1
        h_bucket{le="+Inf",x="a"} 2
        h_sum{x="a"} 3
        h_count{x="a"} 2
        h_bucket{le="10",x="b"} 1
        h_bucket{le="2",x="b"} 1
        h_bucket{le="+Inf",x="b"} 1
        h_sum{x="b"} 1
        h_count{x="b"} 1
        # HELP h_a In between.
        # TYPE h_a gauge
        h_a 5
        # TYPE n_total counter
        n_total 7
        u 8

        """

    @Test func keepsTypesAndHelpInText() throws {
        #expect(
            try Generation(try parts(Self.document)).text(Self.all) == """
                # HELP h A "histogram".
                # TYPE h histogram
                h_bucket{le="+Inf",x="a",instance=""} 2
                h_bucket{le="+Inf",x="b",instance=""} 1
                h_bucket{le="1",x="a",instance=""} 1
                h_bucket{le="10",x="b",instance=""} 1
                h_bucket{le="2",x="b",instance=""} 1
                h_sum{x="a",instance=""} 3
                h_sum{x="b",instance=""} 1
                h_count{x="a",instance=""} 2
                h_count{x="b",instance=""} 1
                # HELP h_a In between.
                # TYPE h_a gauge
                h_a{instance=""} 5
                # TYPE n_total counter
                n_total{instance=""} 7
                # TYPE u untyped
                u{instance=""} 8

                """)
    }

    @Test func tellsMetricByMetricInOpenMetrics() throws {
        #expect(
            try Generation(try parts(Self.document)).text(Self.all, format: .openMetrics) == """
                # TYPE h histogram
                # HELP h A \\"histogram\\".
                h_bucket{le="1.0",x="a",instance=""} 1
                h_bucket{le="+Inf",x="a",instance=""} 2
                h_sum{x="a",instance=""} 3
                h_count{x="a",instance=""} 2
                h_bucket{le="2.0",x="b",instance=""} 1
                h_bucket{le="10.0",x="b",instance=""} 1
                h_bucket{le="+Inf",x="b",instance=""} 1
                h_sum{x="b",instance=""} 1
                h_count{x="b",instance=""} 1
                # TYPE h_a gauge
                # HELP h_a In between.
                h_a{instance=""} 5
                # TYPE n counter
                n_total{instance=""} 7
                # TYPE u unknown
                u{instance=""} 8
                # EOF

                """)
    }

    @Test func settlesConflictsTheSameWayInAnyOrder() throws {
        let gauge = "# HELP m One.\n# TYPE m gauge\nm{x=\"1\"} 1\n"
        let histogram = "# HELP m Two.\n# TYPE m histogram\nm_bucket{le=\"+Inf\"} 1\nm_sum 1\nm_count 1\n"
        for documents in [[gauge, histogram], [histogram, gauge]] {
            let generation = Generation(try documents.map { try part($0).part })
            #expect(generation.conflicts == 1)
            let types = try generation.text(Self.all).split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
            #expect(types == ["m", "m_bucket", "m_count", "m_sum"].map { "# TYPE \($0) untyped" })
        }
    }

    @Test func saysNothingOfFamiliesWithoutSamples() throws {
        #expect(try Generation(try parts(Self.document)).text("none") == "")
        #expect(try Generation(try parts("# TYPE a gauge\na 1 1\n")).text("a", now: 1_000_000) == "")
    }

    @Test func takesTheTypesOfOpenMetrics() throws {
        let text = "# TYPE c counter\nc_total 1\nc_created 5\n# TYPE i info\ni_info{v=\"1\"} 1\n# EOF\n"
        let generation = Generation([try part(text, .openMetrics).part])
        #expect(
            try generation.text(Self.all) == """
                # TYPE c_created gauge
                c_created{instance=""} 5
                # TYPE c_total counter
                c_total{instance=""} 1
                # TYPE i_info gauge
                i_info{v="1",instance=""} 1

                """)
        #expect(
            try generation.text(Self.all, format: .openMetrics) == """
                # TYPE c counter
                c_total{instance=""} 1
                c_created{instance=""} 5
                # TYPE i info
                i_info{v="1",instance=""} 1
                # EOF

                """)
    }
}
