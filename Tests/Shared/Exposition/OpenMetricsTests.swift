import Exposition
import ExpositionProperties
import Testing

@Suite struct OpenMetricsTests {
    @Test func everyPartOfADocumentComesThrough() throws {
        let lines = try ExpositionParser.read(
            """
            # TYPE wait_seconds counter
            # UNIT wait_seconds seconds
            # HELP wait_seconds A \\"quoted\\"\\nhelp
            wait_seconds_total{user="a\\"b"} 1.5 1700000000.25 # {trace="x"} 0.5 1700000000
            wait_seconds_created{user="a\\"b"} 1.7e9
            # EOF
            """, format: .openMetrics
        ).get()
        #expect(
            lines == [
                .type("wait_seconds", .counter), .unit("wait_seconds", "seconds"),
                .help("wait_seconds", "A \"quoted\"\nhelp"),
                .sample(
                    Reading(
                        series: #"wait_seconds_total{user="a\"b"}"#, name: "wait_seconds_total",
                        labels: [["user", "a\"b"]], bits: 1.5.bitPattern, timestamp: 1_700_000_000_250)),
                .sample(
                    Reading(
                        series: #"wait_seconds_created{user="a\"b"}"#, name: "wait_seconds_created",
                        labels: [["user", "a\"b"]], bits: 1.7e9.bitPattern, timestamp: nil)),
            ])
    }

    @Test(arguments: MetricType.allCases)
    func typesAreNamed(type: MetricType) throws {
        let document = "# TYPE a \(type.rawValue)\n# EOF\n"
        #expect(try ExpositionParser.read(document, format: .openMetrics).get() == [.type("a", type)])
    }

    @Test(arguments: [
        ("a 1\n", ExpositionError.Reason.missingEOF, 2, 1),
        ("a 1", .truncated, 1, 4),
        ("# EOF\n\n", .dataAfterEOF, 2, 1),
        ("# EOFa", .dataAfterEOF, 1, 6),
        ("# EOF \n", .dataAfterEOF, 1, 6),
        ("\n# EOF", .start, 1, 1),
        ("# comment\n# EOF", .metadata, 1, 1),
        ("# TYPE a untyped\n# EOF", .type, 1, 10),
        ("# UNIT a_seconds second\n# EOF", .unit, 1, 18),
        ("# UNIT seconds seconds\n# EOF", .unit, 1, 16),
        ("# HELP a\n# EOF", .metadata, 1, 9),
        ("a  1\n# EOF", .value, 1, 3),
        ("a\t1\n# EOF", .value, 1, 2),
        ("a 1 \n# EOF", .timestamp, 1, 5),
        ("a 1 NaN\n# EOF", .timestamp, 1, 5),
        ("a 1 1 1\n# EOF", .lineEnd, 1, 6),
        ("a{b=\"1\",} 1\n# EOF", .labelName, 1, 9),
        ("a{b=\"1\"c=\"2\"} 1\n# EOF", .labelSeparator, 1, 8),
        ("a{b=\"1\n\"} 1\n# EOF", .labelValue, 1, 7),
        ("a{b =\"1\"} 1\n# EOF", .labelValue, 1, 4),
        ("a 1 # {} 1\n# EOF", .exemplar, 1, 8),
        ("a_total 1 # {b=\"1\"}\n# EOF", .value, 1, 20),
        ("a_total 1 # {} 1 Inf\n# EOF", .timestamp, 1, 18),
    ])
    func whatIsWrongIsSaidWithItsPlace(document: String, reason: ExpositionError.Reason, line: Int, column: Int) {
        let error = ExpositionParser.read(document, format: .openMetrics).error
        #expect(error?.reason == reason)
        #expect(error.map { [$0.line, $0.column] } == [line, column])
        #expect(ExpositionParser.read(document, format: .openMetrics, labels: .onDemand).error == error)
    }

    @Test(arguments: [
        ("1.0005", Int64(1000)), ("-1.5", -1500), ("0", 0), ("1e300", .max), ("-1e300", .min),
        ("1700000000.123", 1_700_000_000_123),
    ])
    func timestampsAreCutToMilliseconds(text: String, milliseconds: Int64) {
        let samples = ExpositionParser.read("a 1 \(text)\n# EOF", format: .openMetrics).samples
        #expect(samples.map(\.timestamp) == [milliseconds])
    }
}
