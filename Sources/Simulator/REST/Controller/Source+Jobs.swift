import SimulatedCluster

extension Source {
    func script(of job: Job) -> Script { cluster.scripts[job.script] }

    func appendBatchHost(of job: Job, to buffer: inout [UInt8]) {
        guard let first = cluster.listedNodes(of: job).first else { return }
        cluster.append(cluster.nodes[first].name, to: &buffer)
    }

    func appendLicenses(of job: Job, to buffer: inout [UInt8]) {
        if job.licenses.exists { cluster.append(cluster.licenseLists[job.licenses], to: &buffer) }
    }

    /// Nothing before it has started.
    func billing(of job: Job) -> Double? {
        job.allocation.exists ? Double(cluster.allocated(to: job).billing) : nil
    }

    func cpus(of job: Job) -> Int {
        job.allocation.exists ? cluster.allocated(to: job).cpus : job.request.cpus
    }

    func nodeCount(of job: Job) -> Int {
        job.allocation.exists ? cluster.shares(of: job).count : Int(job.request.nodes)
    }

    /// The path with slurmctld's own patterns, as it was submitted.
    func appendOutputPattern(of job: Job, to buffer: inout [UInt8]) {
        cluster.append(workingDirectoryOf: job.user, script: job.script, to: &buffer)
        buffer.append(ascii: job.arrayJob == 0 ? "/slurm-%j.out" : "/slurm-%A_%a.out")
    }
}

extension Job {
    /// `100-102` of the components that were submitted together.
    func appendHetJobIDs(to buffer: inout [UInt8]) {
        guard hetJob != 0 else { return }
        buffer.append(decimal: hetJob)
        guard hetComponents > 1 else { return }
        buffer.append(UInt8(ascii: "-"))
        buffer.append(decimal: hetJob + UInt32(hetComponents) - 1)
    }

    /// Names of v0.0.39 and later.
    var flags: [StaticString] { knownFlags.filter { $0.isSet }.map { $0.name } }

    /// Names of v0.0.38.
    var legacyFlags: [StaticString] { knownFlags.filter { $0.isSet }.map { $0.legacyName } }

    private var knownFlags: [(name: StaticString, legacyName: StaticString, isSet: Bool)] {
        let hasStarted = startedIn.exists
        return [
            ("HETEROGENEOUS_JOB", "HET_JOB", hetJob != 0),
            ("EXACT_CPU_COUNT_REQUESTED", "JOB_CPUS_SET", hasStarted),
            ("ACCRUE_COUNT_CLEARED", "JOB_ACCRUE_OVER", hasStarted),
            ("JOB_WAS_RUNNING", "JOB_WAS_RUNNING", hasStarted),
            ("CRON_JOB", "CRON_JOB", traits.contains(.cron)),
            ("BACKFILL_ATTEMPTED", "BACKFILL_TEST", traits.contains(.backfilled) && !hasStarted),
        ]
    }
}

extension JobRequest {
    var memoryIfPerCPU: Number { memoryIsPerCPU ? .value(Int(memory)) : .unset }
    var memoryIfPerNode: Number { memoryIsPerCPU ? .unset : .value(Int(memory)) }
}

extension FederationState {
    /// The origin as a set of members with one member or none.
    var originMask: UInt8 { origin == 0 ? 0 : 1 << origin }
}
