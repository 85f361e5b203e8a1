import Compression
import Foundation
import Metrics

extension Benchmark {
    static let render = Benchmark(name: "render") { RenderBenchmark.run() }
}

/// Writing 100,000 series with six labels, beside what the machine does in the same run: a copy of the same bytes, and
/// the same text by string interpolation. Processor time, best of several.
enum RenderBenchmark {
    static func run() {
        let content = RenderContent()
        // Once, and first: later tables get memory that was there before.
        let before = residentBytes()
        var tables = content.tables()
        print("render: memory of the tables: \((residentBytes() - before) / content.count) bytes a series")
        for format in MetricsFormat.allCases { run(content, &tables, format) }
    }

    private static func run(_ content: RenderContent, _ tables: inout [SeriesTable], _ format: MetricsFormat) {
        let renderer = MetricsRenderer(format)
        var bytes = renderer.render(tables)
        var duplicate = bytes
        let copied = bestTime(of: 20) {
            duplicate.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
            return duplicate.count
        }
        let interpolated = bestTime(of: 2) { content.interpolated() }
        func report(_ what: String, _ seconds: Double) {
            let speed = Double(bytes.count) / 1e6 / seconds
            let ratios = String(format: "%.3f of a copy, %.1f of ", copied / seconds, interpolated / seconds)
            print("render: \(format), \(what): \(Int(speed)) MB/s, \(ratios)interpolation")
        }
        report("series never seen, found, sorted and written", bestTime(of: 8) { renderer.render(content.tables()) })
        report("series never written", bestTime(of: 8, before: { content.tables() }, { renderer.render($0) }))
        report(
            "nothing changed",
            bestTime(of: 20) {
                bytes.removeAll(keepingCapacity: true)
                renderer.render(tables, into: &bytes)
            })
        report(
            "a tenth changed",
            bestTime(
                of: 20, before: { content.change(every: 10, in: &tables) },
                { _ in
                    bytes.removeAll(keepingCapacity: true)
                    renderer.render(tables, into: &bytes)
                }))
        report("compressed, gzip level 1", bestTime(of: 3) { Gzip.compress(bytes) })
        report("string interpolation", interpolated)
        report("copy", copied)
        let fold = bestTime(of: 8) { content.fold(into: &tables) }
        print("render: a generation of known series folded: \(Int(fold * 1e9) / content.count) ns a series")
    }

    private static func bestTime<Input, Output>(
        of repetitions: Int, before: () -> Input, _ work: (Input) -> Output
    ) -> Double {
        (0..<repetitions).map { _ in
            let input = before()
            let start = processorTime()
            let result = work(input)
            let time = processorTime() - start
            return withExtendedLifetime(result) { time }
        }.min() ?? .nan
    }

    private static func bestTime<Output>(of repetitions: Int, _ work: () -> Output) -> Double {
        bestTime(of: repetitions, before: {}, { work() })
    }

    private static func residentBytes() -> Int {
        let statistics = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (Int(statistics.split(separator: " ").dropFirst().first ?? "") ?? 0) * 4096
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
