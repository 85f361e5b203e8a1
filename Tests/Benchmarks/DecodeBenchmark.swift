import Foundation

extension Benchmark {
    static let decode = Benchmark(name: "decode") { try DecodeBenchmark.run() }
}

/// Reading slurmrestd's answers beside simdjson and Python's orjson, in one run.
///
/// The answers are the simulator's, of 100,000 jobs and 10,000 nodes as v0.0.44 has them; names that aren't UTF-8 are
/// left out, which the others refuse. `DECODE_JOBS38` names a file with jobs of a real Slurm 22.05 as well.
enum DecodeBenchmark {
    static func run() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "decode-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let simdjson = directory.appending(path: "simdjson-decoder").path
        _ = try output(
            "c++", "-std=c++17", "-O3", "-march=native", "Tests/Programs/SimdjsonDecoder/main.cpp", "-o", simdjson,
            "-lsimdjson")
        for answer in try answers(in: directory) { try compare(answer, simdjson: simdjson) }
    }

    private struct Answer {
        let name: String
        let kind: String
        let path: String
        let passes: Int
        /// The same of fewer records, for who would need gigabytes for all.
        let small: String

        var bytes: Int { size(of: path) }
    }

    private static func answers(in directory: URL) throws -> [Answer] {
        func dump(_ name: String, jobs: Int, nodes: Int, _ endpoint: String) throws -> String {
            let path = directory.appending(path: name).path
            let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            _ = try output(
                program.appending(path: "slurm-simulator").path, "dump", "--no-menagerie", "--nodes", "\(nodes)",
                "--jobs", "\(jobs)", path, endpoint)
            return path
        }
        let jobs = "/slurm/v0.0.44/jobs?flags=ALL"
        let nodes = "/slurm/v0.0.44/nodes"
        var answers = [
            Answer(
                name: "jobs", kind: "jobs", path: try dump("jobs", jobs: 100_000, nodes: 10_000, jobs), passes: 5,
                small: try dump("few-jobs", jobs: 10_000, nodes: 1_000, jobs)),
            Answer(
                name: "nodes", kind: "nodes", path: try dump("nodes", jobs: 100_000, nodes: 10_000, nodes), passes: 20,
                small: try dump("few-nodes", jobs: 10_000, nodes: 1_000, nodes)),
        ]
        if let real = ProcessInfo.processInfo.environment["DECODE_JOBS38"] {
            answers.append(Answer(name: "jobs of Slurm 22.05", kind: "jobs38", path: real, passes: 10, small: real))
        }
        return answers
    }

    private static func compare(_ answer: Answer, simdjson: String) throws {
        let passes = "\(answer.passes)"
        let theirs = try figures(simdjson, answer.kind, answer.path, passes)
        print("decode: \(answer.name): \(Int(theirs[0])) records, \(answer.bytes) bytes")
        var table = Table("", "MB/s", "of simdjson", "MiB at most")
        let yardstick = theirs[4]
        func row(_ name: String, _ seconds: Double, _ kibibytes: Double, bytes: Int = answer.bytes) {
            let speed = Double(bytes) / 1e6 / seconds
            table.add(
                name, rounded(speed), rounded(speed / (Double(answer.bytes) / 1e6 / yardstick), digits: 2),
                rounded(kibibytes / 1024))
        }
        row("simdjson from memory, best pass", yardstick, theirs[5])
        row("simdjson, file and first pass", theirs[2] + theirs[3], theirs[5])
        for size in [64, 128, 256] {
            let ours = try decoder(answer, answer.path, chunk: size << 10)
            row("decoder, reads of \(size) KiB", ours[1], ours[2])
        }
        let ours = try decoder(answer, "memory:\(answer.path)", chunk: 128 << 10)
        row("decoder from memory, pieces of 128 KiB", ours[1], ours[2])
        let python = try figures("python3", "-c", orjson, answer.small)
        row("orjson from memory, \(Int(python[0])) records", python[1], python[2], bytes: size(of: answer.small))
        table.print()
    }

    private static func decoder(_ answer: Answer, _ path: String, chunk: Int) throws -> [Double] {
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let kind = answer.kind == "nodes" ? "nodes" : "jobs"
        return try figures(
            program.appending(path: "benchmark-decoder").path, kind, path, "\(chunk)", "\(answer.passes)")
    }

    private static func figures(_ program: String, _ arguments: String...) throws -> [Double] {
        let figures = try run(program, arguments).split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        guard figures.count > 2 else { throw Program.Failure(program: program, code: 0) }
        return figures
    }

    private static func output(_ program: String, _ arguments: String...) throws -> String {
        try run(program, arguments)
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        try Program(program, arguments).text()
    }

    private static func size(of path: String) -> Int {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int) ?? 0
    }

    private static let orjson = """
        import orjson, resource, sys, time
        text = open(sys.argv[1], "rb").read()
        best = 1e9
        for _ in range(3):
            start = time.perf_counter()
            answer = orjson.loads(text)
            records = answer.get("jobs", answer.get("nodes"))
            best = min(best, time.perf_counter() - start)
        print(len(records), best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        """
}
