import Metrics
import Program
import Testing

struct ProcessMetricsTests {
    private func figures() -> [String: Double] {
        let registry = MetricRegistry()
        ProcessMetrics.register(in: registry)
        let values = registry.tables().compactMap { table in
            table.rows.first.map { (table.family.name.text, table.value(at: $0)) }
        }
        return Dictionary(uniqueKeysWithValues: values)
    }

    @Test(arguments: [
        ("process_resident_memory_bytes", 1e6...1e11), ("process_virtual_memory_bytes", 1e6...1e15),
        ("process_open_fds", 3...1e5), ("process_max_fds", 16...1e10), ("process_threads", 1...1e4),
        ("process_start_time_seconds", 1.6e9...1e10), ("process_cpu_seconds_total", 0...1e6),
    ])
    func theseFiguresAreOfTheRightSize(name: String, range: ClosedRange<Double>) throws {
        let value = try #require(figures()[name])
        #expect(range.contains(value), "\(name) is \(value)")
    }

    @Test(.timeLimit(.minutes(1))) func processorTimeGrows() throws {
        let before = try #require(figures()["process_cpu_seconds_total"])
        var after = before
        while after < before + 0.02 { after = try #require(figures()["process_cpu_seconds_total"]) }
    }
}
