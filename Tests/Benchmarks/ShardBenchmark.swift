import Glibc
import TestSupport

extension Benchmark {
    /// A shard of a cluster with 10,000 nodes and 100,000 jobs: what a collection costs, and what a scrape takes.
    static let shard = Benchmark(name: "shard") {
        let slurm = try SimulatedSlurm(nodes: 10_000, jobs: 100_000)
        try ShardBenchmark.collections(of: slurm, rounds: 50)
        try ShardBenchmark.scrapes(of: slurm)
    }
}

enum ShardBenchmark {
    /// All feeds again and again: processor time and memory, at the start and after many rounds.
    static func collections(of slurm: SimulatedSlurm, rounds: Int) throws {
        let shard = try BenchmarkedShard(of: slurm, interval: "1s")
        var table = Table("collections", "CPU s each", "wanted", "RSS MiB", "peak MiB", "wanted")
        shard.await(rounds: 2)
        for rounds in [5, rounds] {
            let (began, before) = (shard.rounds, shard.program.processorSeconds)
            shard.await(rounds: began + rounds)
            let each = (shard.program.processorSeconds - before) / Double(shard.rounds - began)
            let memory = shard.program.memory
            table.add(
                "\(rounds)", rounded(each, digits: 3), "1.5", rounded(memory.now, digits: 1),
                rounded(memory.peak, digits: 1), "96")
        }
        table.print()
    }

    /// Scrapes beside nginx with as many bytes, while nothing is collected and while everything is.
    static func scrapes(of slurm: SimulatedSlurm) throws {
        let quiet = try BenchmarkedShard(of: slurm, interval: "1h")
        quiet.await(rounds: 1)
        let nginx = try Nginx(body: quiet.page.utf8.count)
        var runs: (quiet: [Double], nginx: [Double]) = ([], [])
        for _ in 0..<3 {
            runs.nginx.append(try Wrk(port: nginx.port, connections: 50, seconds: 5).percentile99)
            runs.quiet.append(try quiet.scrape(seconds: 5))
        }
        let busy = try BenchmarkedShard(of: slurm, interval: "1s")
        busy.await(rounds: 1)
        let collecting = median(try (0..<3).map { _ in try busy.scrape(seconds: 5) })
        var table = Table(
            "page MiB", "nginx p99 ms", "quiet p99 ms", "ratio", "wanted", "collecting p99 ms", "ratio", "wanted")
        let medians = (quiet: median(runs.quiet), nginx: median(runs.nginx))
        table.add(
            rounded(Double(quiet.page.utf8.count) / 1048576, digits: 1), rounded(medians.nginx), rounded(medians.quiet),
            rounded(medians.quiet / medians.nginx, digits: 2), "2", rounded(collecting),
            rounded(collecting / medians.quiet, digits: 2), "3")
        table.print()
    }
}

/// A frozen simulator.
final class SimulatedSlurm {
    let port: Int
    private let program: Program

    init(nodes: Int, jobs: Int, _ more: [String] = []) throws {
        port = Int(try freePort())
        program = try Program(
            Program.beside("slurm-simulator"),
            ["--listen", "127.0.0.1:\(port)", "--nodes", "\(nodes)", "--jobs", "\(jobs)", "--freeze"]
                + more)
        try Loopback.awaitListener(on: port)
    }
}

/// A shard with a configuration of its own.
final class BenchmarkedShard {
    let program: Program
    private let port: Int

    convenience init(of slurm: SimulatedSlurm, interval: String) throws {
        let intervals = ["cluster", "nodes", "jobs", "partitions", "scheduler"].flatMap {
            ["--collectors.\($0).interval", interval]
        }
        try self.init(
            [
                "--slurm.base-url", "http://127.0.0.1:\(slurm.port)", "--slurm.api-version", "v0.0.44",
                "--collection.max-load", "1",
            ] + intervals)
    }

    /// - Parameter arguments: besides where it listens.
    init(_ arguments: [String]) throws {
        port = Int(try freePort())
        program = try Program(
            Program.beside("slurm-shard"), ["--web.listen", "127.0.0.1:\(port)", "--log.level", "error"] + arguments)
        try Loopback.awaitListener(on: port)
    }

    var url: String { "http://127.0.0.1:\(port)/metrics" }

    var page: String {
        (try? Program("curl", ["-s", "http://127.0.0.1:\(port)/metrics"]).text()) ?? ""
    }

    /// How many times the jobs were collected.
    var rounds: Int {
        let page = try? Program("curl", ["-gs", "http://127.0.0.1:\(port)/metrics?collect[]=scheduler"]).text()
        let line = page?.split(separator: "\n").first {
            $0.hasPrefix("slurm_exporter_collections_total{") && $0.contains("collector=\"jobs\"")
        }
        return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
    }

    func await(rounds wanted: Int) {
        while rounds < wanted { usleep(250_000) }
    }

    /// - Returns: the 99th percentile in milliseconds.
    func scrape(seconds: Int) throws -> Double {
        try Wrk(port: port, path: "/metrics", connections: 50, seconds: seconds).percentile99
    }
}
