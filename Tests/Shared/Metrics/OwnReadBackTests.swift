import Exposition
import ExpositionProperties
import Metrics
import Testing

/// What is written reads back as the same series and numbers with the parser that coordinators use.
struct OwnReadBackTests {
    @Test(arguments: MetricsFormat.allCases, [1, 2, 3])
    func anythingReadsBack(format: MetricsFormat, seed: UInt64) throws {
        var sample = RandomFamilies(seed: seed)
        let tables = sample.tables()
        let bytes = MetricsRenderer(format).render(tables)
        let read = ExpositionParser.read([bytes[...]], format: format == .text ? .text : .openMetrics)
        #expect(read.error == nil)
        #expect(read.samples.map(Self.line).sorted() == expected(sample.expectation(format, tables)))
    }

    private func expected(_ expectation: [String: Any]) -> [String] {
        let samples = expectation["samples"] as? [[Any]] ?? []
        return samples.map { sample in
            let labels = (sample[1] as? [String: String] ?? [:]).filter { !$0.value.isEmpty }
            return Self.line("\(sample[0])", labels.map { [$0.key, $0.value] }, "\(sample[2])")
        }.sorted()
    }

    private static func line(_ reading: Reading) -> String {
        line(reading.name, reading.labels, reading.value.isNaN ? "nan" : "\(reading.bits)")
    }

    private static func line(_ name: String, _ labels: [[String]], _ value: String) -> String {
        "\(name) \(labels.map { "\($0)" }.sorted()) \(value)"
    }
}
