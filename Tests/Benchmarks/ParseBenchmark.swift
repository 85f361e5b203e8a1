import Exposition
import Foundation

extension Benchmark {
    static let parse = Benchmark(name: "parse") { try ParseBenchmark.run() }
}

/// Reading 100,000 series with six labels, beside what the machine does in the same run: a scan for line ends, and
/// Python's prometheus_client on a tenth of the document (where it is installed).
enum ParseBenchmark {
    static func run() throws {
        let text = document()
        let openMetrics = text + Array("# EOF\n".utf8)
        let scan = megabytesPerSecond(text) { $0.withUnsafeBytes { scanLines($0) } }
        report("memchr for line ends", scan, besides: scan)
        for (name, format, bytes) in [
            ("text", ExpositionFormat.text, text), ("openmetrics", .openMetrics, openMetrics),
        ] {
            for (kind, reading) in [("labels and values", LabelReading.always), ("keys and values", .onDemand)] {
                let speed = try megabytesPerSecond(bytes) { try read($0, format: format, labels: reading) }
                report("\(name), \(kind)", speed, besides: scan)
            }
        }
        if let python = try pythonSpeed(text) { report("prometheus_client, text", python, besides: scan) }
    }

    private static func document() -> [UInt8] {
        var text = ""
        for series in 0..<100_000 {
            let name = "slurm_job_metric_\(series / 1000)"
            if series % 1000 == 0 { text += "# HELP \(name) What it means.\n# TYPE \(name) gauge\n" }
            text += "\(name){cluster=\"alpha\",partition=\"gpu\(series % 50)\",user=\"user\(series % 977)\","
            text += "account=\"project\(series % 97)\",state=\"running\",qos=\"normal\"} "
            text += series % 4 == 0 ? "\(Double(series) * 1.37)\n" : "\(series * 7)\n"
        }
        return Array(text.utf8)
    }

    private static func read(_ bytes: [UInt8], format: ExpositionFormat, labels: LabelReading) throws -> Int {
        var parser = ExpositionParser(format: format, labels: labels)
        var samples = 0
        for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
            parser.append(bytes.span.bytes.extracting(start..<min(start + 1 << 16, bytes.count)))
            while let entry = try parser.next() { if case .sample = entry { samples += 1 } }
        }
        parser.finish()
        while try parser.next() != nil { samples += 1 }
        return samples
    }

    private static func scanLines(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard var position = bytes.baseAddress else { return 0 }
        let end = position + bytes.count
        var lines = 0
        while let found = memchr(position, 10, end - position) {
            lines += 1
            position = UnsafeRawPointer(found) + 1
        }
        return lines
    }

    /// The best of ten.
    private static func megabytesPerSecond(_ bytes: [UInt8], _ work: ([UInt8]) throws -> Int) rethrows -> Double {
        var best = Duration.seconds(3600)
        var results = 0
        for _ in 0..<10 {
            let elapsed = try ContinuousClock().measure { results += try work(bytes) }
            best = min(best, elapsed)
        }
        precondition(results > 0)
        return Double(bytes.count) / 1e6 / (best / .seconds(1))
    }

    private static func report(_ what: String, _ speed: Double, besides yardstick: Double) {
        print("parse: \(what): \(String(format: "%.1f MB/s, %.4f of the scan", speed, speed / yardstick))")
    }

    private static func pythonSpeed(_ text: [UInt8]) throws -> Double? {
        let tenth = text.prefix(text.count / 10)
        let file = FileManager.default.temporaryDirectory.appending(path: "parse-\(UUID().uuidString).txt")
        try Data(tenth[..<(tenth.lastIndex(of: 10) ?? 0)]).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let python = Process()
        let output = Pipe()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = ["python3", "-c", timeInPython, file.path]
        python.standardOutput = output
        python.standardError = FileHandle.nullDevice
        try python.run()
        let seconds = try output.fileHandleForReading.readToEnd().flatMap {
            Double(String(decoding: $0, as: UTF8.self))
        }
        python.waitUntilExit()
        return seconds.map { Double(tenth.count) / 1e6 / $0 }
    }

    private static let timeInPython = """
        import sys, time
        from prometheus_client.parser import text_string_to_metric_families
        text = open(sys.argv[1]).read() + "\\n"
        start = time.monotonic()
        assert sum(len(family.samples) for family in text_string_to_metric_families(text)) > 0
        sys.stdout.write(str(time.monotonic() - start))
        """
}
