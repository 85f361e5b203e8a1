import Foundation
import TestSupport
import Testing

/// slurmrestd and Slurm's commands, asked about the same moment, give the same metrics.
struct BothSourcesTests {
    private static let everything = """
        collectors:
          jobs: {include_series: true}
          nodes: {include_series: true}
        metrics: {max_series: 1000000}

        """

    @Test(arguments: ["22.05", "26.05"]) func familiesAreTheSame(release: String) async throws {
        let differences = try await differences(release, "--no-menagerie")
        #expect(differences.unexplained == [])
    }

    @Test(arguments: ["22.05", "26.05"]) func theyAreOfAllOddities(release: String) async throws {
        var differences = try await differences(release, "--menagerie")
        differences.explained.merge(SourceDifferences.ofOddities) { $1 }
        if release == "22.05" { differences.explained.merge(SourceDifferences.ofHiddenRuns) { $1 } }
        #expect(differences.unexplained == [])
    }

    private func differences(_ release: String, _ argument: String) async throws -> SourceDifferences {
        let version = release == "22.05" ? "v0.0.38" : "v0.0.44"
        let simulator = try await RunningSimulator(
            "--release", release, "--versions", version, argument, nodes: 60, jobs: 400)
        try await simulator.send("POST", "/simulator/step?count=50")
        let commands = try await SimulatorCommands(simulator)
        let rest = try await collect(ClusterConfiguration.slurm(simulator.address))
        let cli = try await collect(
            "slurm: {cluster: alpha, source: cli, commands: {directory: \"\(commands.path)\"}}\n")
        return SourceDifferences(rest, cli)
    }

    private func collect(_ slurm: String) async throws -> Scrape {
        let directory = try TemporaryDirectory()
        let file = try directory.write(slurm + Self.everything, to: "shard.yaml")
        let shard = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file, "--once"])
        #expect(try await shard.exit() == 0, "\(shard.standardError)")
        return try Scrape(shard.standardOutput)
    }
}

/// The simulator's commands, as a shard runs them.
final class SimulatorCommands: Sendable {
    private let links: TemporaryDirectory
    private let wrappers: CommandWrappers

    var path: String { wrappers.path }

    init(_ simulator: RunningSimulator) async throws {
        links = try TemporaryDirectory()
        let made = try ChildProcess(try builtProgram("slurm-simulator"), ["links", links.path("bin")])
        #expect(try await made.exit() == 0, "\(made.standardError)")
        wrappers = try CommandWrappers(
            CommandWrappers.slurm, in: links.path("bin"), environment: ["SIMULATOR_ADDRESS": simulator.address])
    }
}

/// How far a value may be from another that was rounded less.
private struct Rounding {
    var absolute = 0.0
    var relative = 0.0

    static let ofLongJobs = Rounding(relative: 1e-3)

    func covers(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= max(absolute, relative * max(abs(left), abs(right))) * (1 + 1e-9)
    }
}

/// What two scrapes don't have alike, but for what one of the sources can't have.
struct SourceDifferences {
    private let rest: Scrape
    private let cli: Scrape

    init(_ rest: Scrape, _ cli: Scrape) {
        self.rest = rest
        self.cli = cli
    }

    /// Beginnings of names, and why.
    var explained: [String: String] = [
        "slurm_scheduler_cycle_depth_total": "sdiag says the mean only",
        "slurm_scheduler_cycle_duration_seconds": "sdiag says the mean only",
        "slurm_backfill_depth_total": "sdiag says the mean only",
        "slurm_backfill_depth_try_total": "sdiag says the mean only",
        "slurm_backfill_cycle_duration_seconds": "sdiag says the mean only",
        "slurm_controller_ping_latency_seconds": "scontrol ping doesn't measure",
        "slurm_job_cpus_requested": "of a job that has nodes squeue doesn't say what it asked for",
        "slurm_job_memory_requested_bytes": "of a job that has nodes squeue doesn't say what it asked for",
        "slurm_job_gpus_requested": "of a job that has nodes squeue doesn't say what it asked for",
        "slurm_jobs_by_base_state": "squeue shows COMPLETING in the place of how a job ended",
        "slurm_job_end_timestamp_seconds": "squeue shows COMPLETING in the place of how a job ended",
        "slurm_partition_info": "some versions of the API don't say what is the default, or who may use it",
        "slurm_job_nodes_requested": "of a job that has nodes squeue doesn't say what it asked for",
        "slurm_node_energy_joules": "scontrol doesn't say it",
        "slurm_node_gpu_seconds": "it goes on between both collections",
        "slurm_qos_info": "sacctmgr has no column for the description of a QOS",
        "slurm_account_fairshare_norm_shares": "sshare writes none of the root",
        "slurm_association_shares": "sacctmgr shows no shares of the root",
        "slurm_scheduler_cycles_per_minute": "sdiag leaves it out as long as it is 0",
        "slurm_cluster_plugin_info": "sacctmgr doesn't say which plugin selects nodes",
        "slurm_accounting_watermark": "it goes on between both collections",
        "slurm_accounting_last_refresh": "it goes on between both collections",
        "slurm_jobs_federat": "squeue isn't asked for clusters that a job may also run in",
    ]

    /// Beginnings of names, by how much values may differ, and why.
    private static let rounded: [(name: String, by: Rounding, why: String)] = [
        ("slurm_user_fairshare", Rounding(absolute: 1e-6), "sshare writes six digits"),
        ("slurm_account_fairshare", Rounding(absolute: 1e-6), "sshare writes six digits"),
        ("slurm_association_tres_minutes", Rounding(absolute: 1), "sshare writes whole minutes"),
        ("slurm_account_usage_cpu_hours", Rounding(absolute: 1.0 / 60), "sshare writes whole minutes"),
        ("slurm_accounting_cpu_used_seconds", .ofLongJobs, "sacct writes no fractions of what lasted an hour"),
        ("slurm_job_cpu_efficiency_ratio", .ofLongJobs, "sacct writes no fractions of what lasted an hour"),
        ("slurm_job_efficiency_percentage", .ofLongJobs, "sacct writes no fractions of what lasted an hour"),
        ("slurm_job_step_cpu_seconds", .ofLongJobs, "sacct writes no fractions of what lasted an hour"),
        ("slurm_job_waste_cpu_hours", .ofLongJobs, "sacct writes no fractions of what lasted an hour"),
    ]

    /// Families of shares, which v0.0.38 doesn't have.
    private static let shares = [
        "slurm_association_tres_minutes", "slurm_account_usage_cpu_hours", "slurm_account_fairshare",
        "slurm_user_fairshare",
    ]

    private var isOldestVersion: Bool { rest.series("slurm_user_fairshare").isEmpty }

    /// v0.0.38 has no shares; sshare leaves some columns of the root empty, and the level of who has the parent's shares;
    /// sacctmgr leaves out what was never rolled up.
    private func isPartial(_ name: String, _ labels: [String: String]) -> Bool {
        if cli.series(name)[labels] != nil { return isOldestVersion && Self.shares.contains(where: name.hasPrefix) }
        if name.hasPrefix("slurm_dbd_rollup") { return rest.series(name)[labels] == 0 }
        if name == "slurm_user_fairshare_level" { return rest.series("slurm_user_fairshare_raw_shares")[labels] == nil }
        return Self.shares.contains(where: name.hasPrefix) && labels["account"] == "root"
    }

    /// What runs that ended count in.
    private static let endedRuns = [
        "slurm_account_cpu_hours_used_total", "slurm_accounting_", "slurm_jobs_terminal_total", "slurm_job_cpu_",
        "slurm_job_efficiency_", "slurm_job_memory_efficiency_", "slurm_job_step_", "slurm_job_waste_",
    ]

    /// v0.0.38 shows no runs that ended for their job to be queued again.
    private func isShortOfRuns(_ name: String, _ labels: [String: String], _ rest: Double, _ cli: Double) -> Bool {
        guard isOldestVersion, rest <= cli, Self.endedRuns.contains(where: name.hasPrefix) else { return false }
        let again = self.cli.series("slurm_jobs_terminal_total").keys.filter { $0["state"] == "requeued" }
        return again.contains { run in
            ["account", "state"].allSatisfy { labels[$0] == nil || labels[$0] == run[$0] }
        }
    }

    /// Where there are flags, descriptions and bytes of every kind.
    static let ofOddities: [String: String] = [
        "slurm_jobs_flags": "squeue shows one word",
        "slurm_job_start_timestamp_seconds": "squeue shows a flag in the place of the state of a job that runs",
        "slurm_job_queue_time_seconds": "squeue shows a flag in the place of the state of a job that runs",
        "slurm_job_run_time_seconds": "squeue shows a flag in the place of the state of a job that runs",
        "slurm_job_reason": "squeue shows the scheduler's description in the place of its word",
        "slurm_reservation_info": "scontrol has flags in another order, and numbers of users without a name",
        "slurm_qos_max_submit_jobs": "v0.0.38 does not say it of every QOS",
        "slurm_jobs_pending_reason": "squeue shows the scheduler's description in the place of its word",
        "slurm_cluster_nodes_flags": "scontrol has no word for some flags",
        "slurm_nodes_flags": "scontrol has no word for some flags",
        "slurm_partition_nodes_flags": "scontrol has no word for some flags",
        "slurm_node_state": "scontrol has no word for some flags",
    ]

    /// v0.0.38 shows EXPEDITING in the place of the state of a job that has nodes.
    static let ofHiddenRuns = Dictionary(
        uniqueKeysWithValues: [
            "slurm_account_cpus_allocated", "slurm_account_memory_allocated", "slurm_account_nodes_allocated",
            "slurm_account_usage", "slurm_cluster_job_cpus_allocated", "slurm_cluster_job_memory_allocated",
            "slurm_cluster_job_nodes_allocated", "slurm_job_cpus_allocated", "slurm_job_memory_allocated",
            "slurm_job_nodes_allocated", "slurm_jobs_allocated", "slurm_user_cpus_allocated",
            "slurm_user_memory_allocated", "slurm_user_nodes_allocated", "slurm_user_statistics",
            "slurm_partition_job_", "slurm_qos_cpus_allocated", "slurm_qos_memory_allocated",
            "slurm_qos_nodes_allocated", "slurm_tres_allocated", "slurm_job_time_left",
        ].map { ($0, "EXPEDITING is no state of its own") })

    /// What v0.0.38 doesn't say, and the commands do.
    private static let added = [
        "_cpus_effective", "_memory_effective_bytes", "_quota_cpu_hours", "_power_usage_watts",
        "slurm_backfill_last_depth",
    ]

    private static let ages = [
        "slurm_job_queue_time_seconds", "slurm_job_run_time_seconds", "slurm_job_time_left_seconds",
        "slurm_reservation_remaining_seconds",
    ]

    /// About the asking.
    private static let own = ["slurm_exporter_", "process_", "slurm_rpc_"]

    /// Counts of tasks, of whose list slurmrestd shows 64 characters, and squeue all of them.
    private static let counts = [
        "_requested", "_jobs_total", "_queue_length", "slurm_job_tasks", "_jobs_pending", "slurm_user_statistics",
        "slurm_jobs_array_records_cut",
    ]

    var unexplained: [String] { unexplained(until: rest) }

    /// - Parameter later: the first scrape once more: what moves may stand anywhere between both.
    func unexplained(until later: Scrape) -> [String] {
        let names = rest.names.union(cli.names).filter { name in
            if Self.own.contains(where: name.hasPrefix) || explained.keys.contains(where: name.hasPrefix) {
                return false
            }
            return !(rest.series(name).isEmpty && Self.added.contains { name.contains($0) })
        }
        return names.sorted().flatMap { differences($0, later) }
    }

    private func isCountedWhole(_ name: String, _ rest: Double, _ cli: Double) -> Bool {
        guard self.rest["slurm_jobs_array_records_cut"] ?? 0 > 0 else { return false }
        return Self.counts.contains { name.contains($0) } && (cli > rest || name == "slurm_jobs_array_records_cut")
    }

    private func differences(_ name: String, _ later: Scrape) -> [String] {
        let (left, right, last) = (rest.series(name), cli.series(name), later.series(name))
        return Set(left.keys).union(right.keys).compactMap { labels in
            guard left[labels] != right[labels] else { return nil }
            if let left = left[labels], let right = right[labels] {
                let last = last[labels] ?? left
                if (min(left, last)...max(left, last)).contains(right) { return nil }
                // Time goes on while a simulator is frozen.
                if Self.ages.contains(name), abs(left - right) < 120 { return nil }
                if isCountedWhole(name, left, right) || isShortOfRuns(name, labels, left, right) { return nil }
                if Self.rounded.contains(where: { name.hasPrefix($0.name) && $0.by.covers(left, right) }) { return nil }
            } else if isPartial(name, labels) || isShortOfRuns(name, labels, left[labels] ?? 0, right[labels] ?? -1) {
                return nil
            }
            return "\(name) \(labels.sorted { $0.key < $1.key }): \(left[labels].map { "\($0)" } ?? "-"), "
                + "\(right[labels].map { "\($0)" } ?? "-")"
        }.sorted()
    }
}
