import Foundation
import TestSupport
import Testing

@testable import Slurm

/// What commands say of a frozen cluster against what slurmrestd says of it: record by record, member by member.
struct SameRecordTests {
    private let simulator: Simulator
    private let commands: SimulatedCommands

    init() async throws {
        simulator = try await Simulator(nodes: 40, jobs: 300)
        commands = try await SimulatedCommands(simulator)
    }

    @Test func jobs() async throws {
        let mark = ColumnMark.random()
        let text = try await commands.run(
            "squeue", "-a", "-r", "-h", "-t", "all", "-O", JobColumn.format(JobColumn.allCases, mark))
        let read = try CommandText(text, .jobs(JobColumn.allCases, mark))
        let rest = try Decoded(JobsReader.self, try await simulator.get("/slurm/v0.0.44/jobs?flags=ALL"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.jobs, read.symbols) { job, _ in
            "\(job.id)"
        }
        // Of a job that has nodes squeue doesn't say what it asked for; nor what else is so besides the one word that
        // stands for its state; nor in which clusters it may run; nor when it was suspended, but for how long it ran; nor the scheduler's word where it
        // left a description. It doesn't cut lists of tasks, and no leader has no components.
        let known: Set = [
            "requested", "state", "suspended", "secondsBeforeSuspension", "reason", "tasks", "heterogeneousOffset",
            "federationOrigin", "federationSiblings",
        ]
        #expect(Set(differences.keys).subtracting(known) == [], "\(differences)")
        #expect(miscounted((rest.records, rest.symbols), (read.sink.jobs, read.symbols)) == [])
    }

    /// Jobs that would count otherwise, for all that differs.
    private func miscounted(_ rest: ([JobRecord], Symbols), _ cli: ([JobRecord], Symbols)) -> [UInt32] {
        let others = Dictionary(uniqueKeysWithValues: cli.0.map { ($0.id, $0) })
        return rest.0.filter { job in
            guard let other = others[job.id], other.state.effective == job.state.effective else { return true }
            if !job.tasks.isCut, other.tasks != job.tasks { return true }
            if job.state == JobState(.suspended) { return other.secondsBeforeSuspension != job.secondsBeforeSuspension }
            guard job.state == JobState(.pending) else { return false }
            return shown(other.requested, cli.1) != shown(job.requested, rest.1)
        }.map(\.id)
    }

    @Test func nodes() async throws {
        let text = try await commands.run("scontrol", "-a", "-d", "-o", "show", "nodes")
        let read = try CommandText(text, .nodes)
        let rest = try Decoded(NodesReader.self, try await simulator.get("/slurm/v0.0.44/nodes"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.nodes, read.symbols) { node, _ in
            node.name
        }
        // scontrol knows no energy, and no word for flags that pass soon.
        #expect(
            Set(differences.keys).subtracting(["consumedJoules", "state", "genericResources"]) == [], "\(differences)")
    }

    @Test func partitions() async throws {
        let read = try CommandText(try await commands.run("scontrol", "-a", "-o", "show", "partitions"), .partitions)
        let rest = try Decoded(PartitionsReader.self, try await simulator.get("/slurm/v0.0.44/partitions?flags=ALL"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.partitions, read.symbols) {
            $1[$0.name]
        }
        // This version of the API doesn't say.
        #expect(Set(differences.keys).subtracting(["isDefault", "isHidden"]) == [], "\(differences)")
    }

    @Test func reservations() async throws {
        let read = try CommandText(try await commands.run("scontrol", "-o", "show", "reservations"), .reservations)
        let rest = try Decoded(ReservationsReader.self, try await simulator.get("/slurm/v0.0.44/reservations"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.reservations, read.symbols) {
            $1[$0.name]
        }
        // In another order, and with users who have no name.
        #expect(Set(differences.keys).subtracting(["flags", "users"]) == [], "\(differences)")
    }

    @Test func licenses() async throws {
        let read = try CommandText(try await commands.run("scontrol", "-o", "show", "licenses"), .licenses)
        let rest = try Decoded(LicensesReader.self, try await simulator.get("/slurm/v0.0.44/licenses"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.licenses, read.symbols) {
            $1[$0.name]
        }
        // Of no meaning where slurmdbd doesn't share it out.
        #expect(Set(differences.keys).subtracting(["lastConsumed", "lastDeficit"]) == [], "\(differences)")
    }

    @Test func shares() async throws {
        let read = try CommandText(
            try await commands.run("sshare", "-a", "-n", "-P", "-o", CommandFormat.shareColumns), .shares)
        let rest = try Decoded(SharesReader.self, try await simulator.get("/slurm/v0.0.44/shares"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.shares, read.symbols) {
            "\($1[$0.account])/\($1[$0.user])/\($1[$0.partition])"
        }
        // sshare writes six digits, and little of the root.
        #expect(
            Set(differences.keys).subtracting([
                "shares", "normalizedShares", "normalizedUsage", "effectiveUsage", "factor", "level", "usedSeconds",
            ]) == [], "\(differences)")
    }

    @Test func controllers() async throws {
        let read = try CommandText(try await commands.run("scontrol", "ping"), .controllers)
        let rest = try Decoded(ControllersReader.self, try await simulator.get("/slurm/v0.0.44/ping"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.controllers, read.symbols) {
            controller, _ in controller.host
        }
        // Not measured.
        #expect(Set(differences.keys).subtracting(["latencySeconds"]) == [], "\(differences)")
    }

    @Test func associations() async throws {
        let read = try CommandText(
            try await commands.run(
                "sacctmgr", "-n", "-P", "show", "associations", "format=\(CommandFormat.associationColumns)"),
            .associations)
        let rest = try Decoded(AssociationsReader.self, try await simulator.get("/slurmdb/v0.0.44/associations"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.associations, read.symbols) {
            "\($1[$0.account])/\($1[$0.user])/\($1[$0.partition])"
        }
        // Not a column.
        #expect(Set(differences.keys).subtracting(["isDefault"]) == [], "\(differences)")
    }

    @Test func qos() async throws {
        let read = try CommandText(
            try await commands.run("sacctmgr", "-n", "-P", "show", "qos", "format=\(CommandFormat.qosColumns)"), .qos)
        let rest = try Decoded(QOSReader.self, try await simulator.get("/slurmdb/v0.0.44/qos"))
        let differences = Difference.between(rest.records, rest.symbols, read.sink.qos, read.symbols) { $1[$0.name] }
        // Not asked for; and in another order.
        #expect(Set(differences.keys).subtracting(["description", "flags", "preempts"]) == [], "\(differences)")
    }

    @Test func accountedJobs() async throws {
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
        let differences = Difference.between(
            rest.records.filter(\.state.hasEnded), rest.symbols, read.sink.accountedJobs.filter(\.state.hasEnded),
            read.symbols
        ) { job, _ in
            "\(job.id) \(job.submitted?.seconds ?? 0)"
        }
        #expect(Set(differences.keys) == [], "\(differences)")
    }
}

/// Members of records that aren't the same, by their names, with examples.
enum Difference {
    /// - Parameter key: what the records of both are found by.
    static func between<Record>(
        _ left: [Record], _ leftSymbols: Symbols, _ right: [Record], _ rightSymbols: Symbols,
        by key: (Record, Symbols) -> String
    ) -> [String: String] {
        let others = Dictionary(right.map { (key($0, rightSymbols), $0) }) { first, _ in first }
        guard left.count == right.count, others.count == right.count else {
            return ["count": "\(left.count), \(right.count), \(others.count)"]
        }
        var differences: [String: String] = [:]
        for record in left {
            let name = key(record, leftSymbols)
            guard let other = others[name] else { return ["missing": name] }
            for (first, second) in zip(Mirror(reflecting: record).children, Mirror(reflecting: other).children) {
                let texts = (shown(first.value, leftSymbols), shown(second.value, rightSymbols))
                guard texts.0 != texts.1 else { continue }
                differences[first.label ?? "", default: ""] += "\(name): \(texts.0) ≠ \(texts.1); "
            }
        }
        return differences.mapValues { String($0.prefix(400)) }
    }
}

/// The simulator's commands.
final class SimulatedCommands: Sendable {
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
        let output = directory.path("output-\(UUID().uuidString)")
        let process = try ChildProcess(
            "/bin/sh",
            ["-c", "out=$1; shift; exec \"$@\" > \"$out\"", "sh", output, directory.path("bin/\(name)")] + arguments,
            environment: [
                "SIMULATOR_ADDRESS": address, "SLURM_TIME_FORMAT": "%s", "SLURM_BITSTR_LEN": "0", "LC_ALL": "C",
            ])
        guard try await process.exit() == 0 else { throw Simulator.Silent(output: process.standardError) }
        return Array(try Data(contentsOf: URL(filePath: output)))
    }
}
