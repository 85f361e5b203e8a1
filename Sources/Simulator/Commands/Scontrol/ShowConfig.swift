import SimulatedCluster

/// `scontrol show config`: the configuration that the simulated cluster could have.
struct ShowConfig {
    let report: Report

    func append(to stream: inout Stream) {
        stream.bytes.append(ascii: "Configuration data as of ")
        report.clock.append(report.cluster.now, to: &stream.bytes)
        stream.endLine()
        for (key, value) in settings.sorted(by: { $0.key.lowercased() < $1.key.lowercased() }) {
            let padding = String(repeating: " ", count: max(0, 23 - key.utf8.count))
            stream.print("\(key)\(padding) = \(value)")
        }
        stream.print()
    }

    private var settings: [(key: String, value: String)] {
        accounting + controller + limits + scheduling + nodes + hosts
    }

    private var accounting: [(key: String, value: String)] {
        [
            ("AccountingStorageBackupHost", "(null)"), ("AccountingStorageEnforce", "associations,limits,qos"),
            ("AccountingStorageHost", "dbd1"), ("AccountingStoragePort", "6819"),
            ("AccountingStorageTRES", trackedTRES), ("AccountingStorageType", "accounting_storage/slurmdbd"),
            ("AccountingStorageUser", "N/A"), ("AccountingStoreFlags", "job_comment"),
            ("AcctGatherEnergyType", "acct_gather_energy/rapl"), ("JobAcctGatherFrequency", "30"),
            ("JobAcctGatherType", "jobacct_gather/cgroup"), ("TrackWCKey", "No"),
        ]
    }

    private var trackedTRES: String {
        report.cluster.tres.map { tres in
            tres.name.isEmpty ? tres.type.repaired : "\(tres.type.repaired)/\(tres.name.repaired)"
        }.joined(separator: ",")
    }

    private var controller: [(key: String, value: String)] {
        [
            ("AuthType", "auth/munge"), ("BOOT_TIME", time(report.cluster.parameters.start)),
            ("ClusterName", report.cluster.parameters.name.repaired), ("CommunicationParameters", "(null)"),
            ("CredType", report.release < .v2311 ? "cred/munge" : "auth/munge"), ("DebugFlags", "(null)"),
            ("HASH_VAL", "Match"), ("MessageTimeout", "10 sec"), ("PrivateData", "none"),
            ("SLURM_CONF", "/etc/slurm/slurm.conf"), ("SLURM_VERSION", report.release.version),
            ("SlurmctldDebug", "info"), ("SlurmctldPort", "6817"), ("SlurmctldTimeout", "120 sec"),
            ("SlurmUser", "slurm(64030)"), ("StateSaveLocation", "/var/spool/slurmctld"), ("TCPTimeout", "2 sec"),
        ]
    }

    private var limits: [(key: String, value: String)] {
        [
            ("FirstJobId", "1"), ("InactiveLimit", "0 sec"), ("KillWait", "30 sec"), ("Licenses", licenses),
            ("MaxArraySize", "1001"), ("MaxJobCount", "\(max(10_000, 2 * report.cluster.parameters.jobs))"),
            ("MaxJobId", "67043328"), ("MaxNodeCount", "\(report.cluster.nodes.count)"),
            ("MaxStepCount", "40000"), ("MaxTasksPerNode", "512"),
            ("MinJobAge", "\(report.cluster.parameters.minJobAge) sec"),
            ("NEXT_JOB_ID", "\((report.cluster.jobs.lazy.map(\.id).max() ?? 0) + 1)"),
        ]
    }

    private var licenses: String {
        let own = report.cluster.licenses.filter { !$0.isRemote }
        return own.isEmpty ? "(null)" : own.map { "\($0.name.repaired):\($0.total)" }.joined(separator: ",")
    }

    private var scheduling: [(key: String, value: String)] {
        [
            ("PreemptMode", "REQUEUE"), ("PreemptType", "preempt/partition_prio"),
            ("PriorityDecayHalfLife", "7-00:00:00"), ("PriorityFlags", ""), ("PriorityMaxAge", "7-00:00:00"),
            ("PriorityType", "priority/multifactor"), ("PriorityWeightAge", "1000"),
            ("PriorityWeightFairShare", "10000"), ("PriorityWeightPartition", "1000"),
            ("PriorityWeightQOS", "2000"), ("SchedulerParameters", "bf_continue"),
            ("SchedulerTimeSlice", "30 sec"), ("SchedulerType", "sched/backfill"),
            ("SelectType", "select/cons_tres"), ("SelectTypeParameters", "CR_CORE_MEMORY"),
        ]
    }

    private var nodes: [(key: String, value: String)] {
        [
            ("GresTypes", "gpu"), ("HealthCheckInterval", "0 sec"), ("ResumeProgram", "/etc/slurm/resume.sh"),
            ("ResumeTimeout", "60 sec"), ("ReturnToService", "1"), ("SlurmdPort", "6818"),
            ("SlurmdTimeout", "300 sec"), ("SlurmdUser", "root(0)"), ("SuspendProgram", "/etc/slurm/suspend.sh"),
            ("SuspendTime", "600 sec"), ("SuspendTimeout", "30 sec"), ("TopologyPlugin", topology),
            ("TreeWidth", report.release < .v2311 ? "50" : "16"),
        ]
    }

    private var topology: String { report.release < .v2311 ? "topology/none" : "topology/flat" }

    private var hosts: [(key: String, value: String)] {
        report.cluster.controllers.map { ("SlurmctldHost[\($0.rank)]", $0.host.repaired) }
    }

    private func time(_ time: Timestamp) -> String {
        var text: [UInt8] = []
        report.clock.append(time, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
