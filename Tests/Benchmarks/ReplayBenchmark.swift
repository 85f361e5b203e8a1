import Foundation
import TestSupport

extension Benchmark {
    /// A shard counts 100,000 ended jobs while it is killed fifty times: what is missing or counted twice in the end.
    static let replay = Benchmark(name: "replay") {
        try ReplayBenchmark(jobs: 100_000, kills: 50).run()
    }
}

struct ReplayBenchmark {
    let jobs: Int
    let kills: Int

    private var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    func run() throws {
        let slurm = try SimulatedSlurm(
            nodes: 3000, jobs: 10_000, ["--no-menagerie", "--versions", "v0.0.44", "--ended-jobs", "1000000"])
        let directory = try TemporaryDirectory()
        let began = now
        var deaths = 0
        while deaths < kills || slurm.endedJobs.total < jobs {
            let shard = try CountingShard(of: slurm, in: directory.url.path)
            let goal = slurm.endedJobs.total + Int.random(in: 0...(2 * jobs / kills))
            while slurm.endedJobs.total < min(goal, jobs + 1000) { slurm.step(10) }
            usleep(.random(in: 0...1_000_000))
            kill(shard.program.identifier, SIGKILL)
            deaths += 1
        }
        report(slurm.endedJobs, try CountingShard(of: slurm, in: directory.url.path), deaths, seconds: now - began)
    }

    private func report(
        _ truth: EndedJobCounts, _ shard: CountingShard, _ deaths: Int, seconds: Double
    ) {
        let end = now + 30
        while shard.counts != truth, now < end { usleep(250_000) }
        var table = Table("state", "ended", "counted", "wanted difference", "difference")
        for state in truth.byState.keys.sorted() {
            let counted = shard.counts.byState[state] ?? 0
            let ended = truth.byState[state] ?? 0
            table.add(state, "\(ended)", "\(counted)", "0", "\(counted - ended)")
        }
        table.add("all", "\(truth.total)", "\(shard.counts.total)", "0", "\(shard.counts.total - truth.total)")
        table.print()
        print("\(deaths) kills in \(rounded(seconds, digits: 0)) s")
    }
}

/// Ended jobs by state, as Slurm writes it.
struct EndedJobCounts: Equatable {
    private(set) var byState: [String: Int] = [:]

    var total: Int { byState.values.reduce(0, +) }

    mutating func add(_ state: Substring, _ count: Int) {
        guard count > 0 else { return }
        byState[state.uppercased(), default: 0] += count
    }
}

extension SimulatedSlurm {
    func step(_ count: Int) {
        _ = try? Program("curl", ["-s", "-X", "POST", "http://127.0.0.1:\(port)/simulator/step?count=\(count)"]).text()
    }

    /// What its database has by now.
    var endedJobs: EndedJobCounts {
        let truth = (try? Program("curl", ["-s", "http://127.0.0.1:\(port)/simulator/truth"]).text()) ?? ""
        var counts = EndedJobCounts()
        guard let accounting = truth.firstRange(of: "\"accounting\": {\"byState\":{") else {
            preconditionFailure("the simulator doesn't say how many jobs ended")
        }
        for entry in truth[accounting.upperBound...].prefix(while: { $0 != "}" }).split(separator: ",") {
            let parts = entry.split(separator: ":")
            guard parts.count == 2, let count = Int(parts[1]) else { continue }
            counts.add(parts[0].dropFirst().dropLast(), count)
        }
        return counts
    }
}

/// A shard that looks for ended jobs all the time, and goes on where another died.
private final class CountingShard {
    let program: Program
    private let port: Int

    init(of slurm: SimulatedSlurm, in directory: String) throws {
        port = Int(try freePort())
        let others = [
            "cluster", "nodes", "partitions", "jobs", "users", "accounts", "qos", "reservations", "licenses",
            "fairshare",
        ]
        program = try Program(
            Program.beside("slurm-shard"),
            [
                "--web.listen", "127.0.0.1:\(port)", "--slurm.base-url", "http://127.0.0.1:\(slurm.port)",
                "--slurm.cluster", "replayed", "--slurm.api-version", "v0.0.44", "--collection.max-load", "1",
                "--log.level", "error", "--runtime.state-dir", directory, "--collectors.accounting.interval", "1s",
                "--collectors.scheduler.interval", "1s", "--collectors.accounting.overlap", "15m",
                "--collectors.accounting.lookback", "1d",
            ] + others.map { "--no-collectors.\($0).enabled" })
    }

    var counts: EndedJobCounts {
        let page = try? Program("curl", ["-s", "http://127.0.0.1:\(port)/metrics"]).text()
        var counts = EndedJobCounts()
        for line in page?.split(separator: "\n") ?? [] where line.hasPrefix("slurm_accounting_jobs_total{state=\"") {
            let parts = line.split(separator: "\"")
            guard parts.count > 1, let count = line.split(separator: " ").last.flatMap({ Int($0) }) else { continue }
            counts.add(parts[1], count)
        }
        return counts
    }
}
