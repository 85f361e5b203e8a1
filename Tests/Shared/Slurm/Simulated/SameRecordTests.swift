import Foundation
import TestSupport
import Testing

@testable import Slurm

/// What commands say of a frozen cluster against what slurmrestd says of it: record by record, member by member.
struct SameRecordTests {
    private static func simulator() async throws -> (Simulator, SimulatedCommands) {
        let simulator = try await Simulator(nodes: 40, jobs: 300)
        return (simulator, try await SimulatedCommands(simulator))
    }

    @Test func jobs() async throws {
        let (simulator, commands) = try await Self.simulator()
        let mark = ColumnMark.random()
        let text = try await commands.run(
            "squeue", "-a", "-r", "-h", "-t", "all", "-O", JobColumn.format(JobColumn.allCases, mark))
        let read = try CommandText(text, .jobs(JobColumn.allCases, mark))
        let rest = try Decoded(JobsReader.self, try await simulator.get("/slurm/v0.0.44/jobs?flags=ALL"))
        let differences = Difference.between(
            rest.records.sorted { $0.id < $1.id }, rest.symbols, read.sink.jobs.sorted { $0.id < $1.id }, read.symbols)
        // Of a job that has nodes squeue doesn't say what it asked for; nor what else is so besides the one word that
        // stands for its state; nor when it was suspended, but for how long it ran.
        #expect(Set(differences.keys) == ["requested", "state", "suspended", "secondsBeforeSuspension"], "\(differences)")
    }

    @Test func nodes() async throws {
        let (simulator, commands) = try await Self.simulator()
        let text = try await commands.run("scontrol", "-a", "-d", "-o", "show", "nodes")
        let read = try CommandText(text, .nodes)
        let rest = try Decoded(NodesReader.self, try await simulator.get("/slurm/v0.0.44/nodes"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.nodes, read.symbols)
        #expect(Set(differences.keys) == [], "\(differences)")
    }

    @Test func partitions() async throws {
        let (simulator, commands) = try await Self.simulator()
        let read = try CommandText(try await commands.run("scontrol", "-a", "-o", "show", "partitions"), .partitions)
        let rest = try Decoded(PartitionsReader.self, try await simulator.get("/slurm/v0.0.44/partitions?flags=ALL"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.partitions, read.symbols)
        #expect(Set(differences.keys) == [], "\(differences)")
    }

    @Test func reservations() async throws {
        let (simulator, commands) = try await Self.simulator()
        let read = try CommandText(try await commands.run("scontrol", "-o", "show", "reservations"), .reservations)
        let rest = try Decoded(ReservationsReader.self, try await simulator.get("/slurm/v0.0.44/reservations"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.reservations, read.symbols)
        #expect(Set(differences.keys) == [], "\(differences)")
    }

    @Test func licenses() async throws {
        let (simulator, commands) = try await Self.simulator()
        let read = try CommandText(try await commands.run("scontrol", "-o", "show", "licenses"), .licenses)
        let rest = try Decoded(LicensesReader.self, try await simulator.get("/slurm/v0.0.44/licenses"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.licenses, read.symbols)
        #expect(Set(differences.keys) == [], "\(differences)")
    }

    @Test func shares() async throws {
        let (simulator, commands) = try await Self.simulator()
        let read = try CommandText(
            try await commands.run("sshare", "-a", "-n", "-P", "-o", CommandFormat.shareColumns), .shares)
        let rest = try Decoded(SharesReader.self, try await simulator.get("/slurm/v0.0.44/shares"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.shares, read.symbols)
        #expect(Set(differences.keys) == [], "\(differences)")
    }

    @Test func controllers() async throws {
        let (simulator, commands) = try await Self.simulator()
        let read = try CommandText(try await commands.run("scontrol", "ping"), .controllers)
        let rest = try Decoded(ControllersReader.self, try await simulator.get("/slurm/v0.0.44/ping"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.controllers, read.symbols)
        #expect(Set(differences.keys) == ["latencySeconds"], "\(differences)")
    }

    @Test func associations() async throws {
        let (simulator, commands) = try await Self.simulator()
        let read = try CommandText(
            try await commands.run(
                "sacctmgr", "-n", "-P", "show", "associations", "format=\(CommandFormat.associationColumns)"),
            .associations)
        let rest = try Decoded(AssociationsReader.self, try await simulator.get("/slurmdb/v0.0.44/associations"))
        let differences = Difference.between(
            rest.records, rest.symbols, read.sink.associations, read.symbols, ordered: false)
        #expect(Set(differences.keys) == ["isDefault"], "\(differences)")
    }

    @Test func qos() async throws {
        let (simulator, commands) = try await Self.simulator()
        let read = try CommandText(
            try await commands.run("sacctmgr", "-n", "-P", "show", "qos", "format=\(CommandFormat.qosColumns)"), .qos)
        let rest = try Decoded(QOSReader.self, try await simulator.get("/slurmdb/v0.0.44/qos"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.qos, read.symbols)
        #expect(Set(differences.keys) == ["description"], "\(differences)")
    }

    @Test func accountedJobs() async throws {
        let (simulator, commands) = try await Self.simulator()
        let mark = ColumnMark.random()
        let columns = AccountedJobColumn.allCases.filter { $0 != .reserved }
        let window = ["-S", "2020-01-01", "-E", "2040-01-01"]
        let text = try await commands.run(
            "sacct", "-a", "-D", "-n", "-p", "--noconvert", "--delimiter=\(mark.text)",
            "--format=\(columns.map(\.name).joined(separator: ","))", window[0], window[1], window[2], window[3])
        let read = try CommandText(text, .accountedJobs(columns, mark))
        let rest = try Decoded(
            AccountedJobsReader.self,
            try await simulator.get(
                "/slurmdb/v0.0.44/jobs?start_time=1577836800&end_time=2208988800&show_duplicates=true&"
                    + "disable_truncate_usage_time=true"))
        func sorted(_ jobs: [AccountedJobRecord]) -> [AccountedJobRecord] {
            jobs.filter { $0.state.hasEnded }.sorted {
                ($0.id, $0.submitted?.seconds ?? 0) < ($1.id, $1.submitted?.seconds ?? 0)
            }
        }
        let differences = Difference.between(
            sorted(rest.records), rest.symbols, sorted(read.sink.accountedJobs), read.symbols)
        #expect(Set(differences.keys) == [], "\(differences)")
    }
}

/// Members of records that aren't the same, by their names, with one example each.
enum Difference {
    static func between<Record>(
        _ left: [Record], _ leftSymbols: Symbols, _ right: [Record], _ rightSymbols: Symbols, ordered: Bool = true
    ) -> [String: String] {
        guard left.count == right.count else { return ["count": "\(left.count), \(right.count)"] }
        var differences: [String: String] = [:]
        for (left, right) in zip(left, right) {
            for (first, second) in zip(Mirror(reflecting: left).children, Mirror(reflecting: right).children) {
                let texts = (shown(first.value, leftSymbols), shown(second.value, rightSymbols))
                guard texts.0 != texts.1 else { continue }
                differences[first.label ?? "", default: ""] += "\(texts.0) ≠ \(texts.1); "
            }
        }
        return differences.mapValues { String($0.prefix(300)) }
    }
}

/// The simulator's commands.
final class SimulatedCommands {
    private let directory: TemporaryDirectory
    private let address: String

    init(_ simulator: Simulator) async throws {
        directory = try TemporaryDirectory()
        address = simulator.address
        let links = try ChildProcess(try builtProgram("slurm-simulator"), ["links", directory.path("bin")])
        guard try await links.exit() == 0 else { throw Simulator.Silent(output: links.standardError) }
    }

    /// - Returns: the bytes that it prints.
    func run(_ name: String, _ arguments: String...) async throws -> [UInt8] {
        let output = directory.path("output")
        let process = try ChildProcess(
            "/bin/sh", ["-c", "out=$1; shift; exec \"$@\" > \"$out\"", "sh", output, directory.path("bin/\(name)")] + arguments,
            environment: [
                "SIMULATOR_ADDRESS": address, "SLURM_TIME_FORMAT": "%s", "SLURM_BITSTR_LEN": "0", "LC_ALL": "C",
            ])
        guard try await process.exit() == 0 else { throw Simulator.Silent(output: process.standardError) }
        return Array(try Data(contentsOf: URL(filePath: output)))
    }
}
