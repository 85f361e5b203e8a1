import Commands
import Foundation
import HTTPClient
import Locks
import RealSlurm
import Slurm
import TestSupport

extension Benchmark {
    /// Asking slurmrestd beside asking Slurm's commands, of a real Slurm with 10,000 nodes and 21,000 jobs.
    static let upstream = Benchmark(name: "upstream") { try await UpstreamBenchmark.run() }
}

/// What one answer costs, from the question until its last record is read.
private struct Cost {
    var seconds = 0.0
    var bytes = 0
    var records = 0
    var controllerSeconds = 0.0
    /// slurmrestd's, or the command's.
    var otherSeconds = 0.0
    var otherPeakBytes = 0
}

enum UpstreamBenchmark {
    /// The lightest first: what slurmrestd had at most it never forgets.
    private static let feeds: [(name: String, format: CommandFormat, command: [String])] = [
        ("diag", .scheduler, ["sdiag"]),
        ("partitions", .partitions, ["scontrol", "--all", "--oneliner", "show", "partitions"]),
        ("nodes", .nodes, ["scontrol", "--all", "--details", "--oneliner", "show", "nodes"]),
        (
            "jobs", .jobs(JobColumn.allCases, mark),
            [
                "squeue", "--all", "--array", "--noheader", "--states=all",
                "--Format=\(JobColumn.format(JobColumn.allCases, mark))",
            ]
        ),
    ]

    private static let mark = ColumnMark.random()

    static func run() async throws {
        print("upstream: bringing up a Slurm with 10,000 nodes and 21,000 jobs")
        let slurm = try await RealSlurm.start(.large)
        let result: Result<Void, any Error>
        do {
            try await slurm.fillWithCrowd()
            result = .success(try await compare(slurm))
        } catch {
            result = .failure(error)
        }
        await slurm.stop()
        try result.get()
    }

    private static func compare(_ slurm: RealSlurm) async throws {
        var table = Table(
            "feed", "way", "records", "MB", "seconds", "slurmctld CPU s", "slurmrestd or command CPU s",
            "its peak MiB")
        let token = try await slurm.token()
        let wrappers = try slurm.wrappers()
        for feed in feeds {
            let cli = try await best { try await ask(slurm, wrappers, feed.command, feed.format) }
            let rest = try await best { try await ask(slurm, token, feed.name) }
            for (way, cost) in [("rest", rest), ("cli", cli)] {
                table.add(
                    feed.name, way, "\(cost.records)", rounded(Double(cost.bytes) / 1e6, digits: 1),
                    rounded(cost.seconds, digits: 3), rounded(cost.controllerSeconds, digits: 2),
                    rounded(cost.otherSeconds, digits: 2), rounded(Double(cost.otherPeakBytes) / 1_048_576))
            }
        }
        table.print()
    }

    /// The quickest of three.
    private static func best(_ body: () async throws -> Cost) async throws -> Cost {
        var costs: [Cost] = []
        for _ in 0..<3 { costs.append(try await body()) }
        return costs.min { $0.seconds < $1.seconds } ?? Cost()
    }

    private static func ask(_ slurm: RealSlurm, _ token: String, _ path: String) async throws -> Cost {
        var cost = Cost()
        let controller = Watched(await slurm.controller.identifier)
        let rest = Watched(await slurm.rest.identifier)
        let start = ContinuousClock.now
        var request = try HTTPClient.Request(
            .get, "\(slurm.address)/slurm/v0.0.38/\(path)",
            fields: ["X-SLURM-USER-NAME": "root", "X-SLURM-USER-TOKEN": token])
        request.deadlines = HTTPClient.Deadlines(connect: .seconds(10), stall: nil, total: .seconds(300))
        request.limit = .max
        let response = try await HTTPClient().send(request)
        (cost.bytes, cost.records) = try await read(response.body, path)
        cost.seconds = (ContinuousClock.now - start) / .seconds(1)
        cost.controllerSeconds = controller.seconds
        cost.otherSeconds = rest.seconds
        cost.otherPeakBytes = rest.peakBytes
        return cost
    }

    private static func read(_ body: HTTPClient.Body, _ path: String) async throws -> (bytes: Int, records: Int) {
        switch path {
        case "jobs": try await read(body, JobsReader())
        case "nodes": try await read(body, NodesReader())
        case "partitions": try await read(body, PartitionsReader())
        default: try await read(body, SchedulerReader())
        }
    }

    private static func read<Reader: RecordReader>(
        _ body: HTTPClient.Body, _ reader: Reader
    ) async throws -> (bytes: Int, records: Int) {
        var (reader, bytes, records) = (reader, 0, 0)
        while let chunk = try await body.next() {
            bytes += chunk.count
            try reader.consume(chunk.span.bytes) { _, _ in records += 1 }
        }
        _ = try reader.finish()
        return (bytes, records)
    }

    private static func ask(
        _ slurm: RealSlurm, _ wrappers: CommandWrappers, _ words: [String], _ format: CommandFormat
    ) async throws -> Cost {
        var cost = Cost()
        let controller = Watched(await slurm.controller.identifier)
        let start = ContinuousClock.now
        let environment = ["LC_ALL": "C", "PATH": "/usr/bin:/bin", "SLURM_TIME_FORMAT": "%s", "SLURM_BITSTR_LEN": "0"]
        let command = Command("\(wrappers.path)/\(words[0])", Array(words.dropFirst()), environment: environment)
        let running = try RunningCommand(command)
        let reader = CommandReader(format, into: Nowhere())
        while let chunk = try await running.next() { try reader.consume(chunk) }
        cost.records = try reader.finish().recordCount ?? 0
        cost.bytes = running.outputBytes
        cost.seconds = (ContinuousClock.now - start) / .seconds(1)
        cost.controllerSeconds = controller.seconds
        cost.otherSeconds = running.usage.processorSeconds
        cost.otherPeakBytes = running.usage.peakBytes
        return cost
    }
}

private final class Nowhere: RecordSink {}

/// A process, and the processor time that it has taken since.
private struct Watched {
    private let identifier: pid_t
    private let before: Double

    init(_ identifier: pid_t?) {
        self.identifier = identifier ?? 0
        before = Self.seconds(self.identifier)
    }

    var seconds: Double { Self.seconds(identifier) - before }

    var peakBytes: Int {
        let line = contents(of: "/proc/\(identifier)/status").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }

    private static func seconds(_ identifier: pid_t) -> Double {
        let words = contents(of: "/proc/\(identifier)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard words.count > 12, let user = Double(words[11]), let system = Double(words[12]) else { return .nan }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
