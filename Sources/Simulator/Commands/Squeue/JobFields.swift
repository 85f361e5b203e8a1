import SimulatedCluster

/// What squeue can say of a job.
enum JobFields {
    static let all = identity + owner + state + times + resources + requests + federation + files

    private static let identity: [Field<JobLine>] = [
        Field("JobArrayId", "i", "JOBID") { $1.append(displayIDOf: $0, to: &$2) },
        Field("JobId", "A", "JOBID") { line, _, buffer in buffer.append(decimal: line.job.id) },
        Field("ArrayJobId", "F", "ARRAY_JOB_ID") { line, _, buffer in
            buffer.append(decimal: line.job.arrayJob == 0 ? line.job.id : line.job.arrayJob)
        },
        Field("ArrayTaskId", "K", "ARRAY_TASK_ID") { line, report, buffer in
            if line.job.arrayTasks.exists {
                report.append(tasksOf: line, to: &buffer)
            } else if let task = line.job.arrayTaskID {
                buffer.append(decimal: task)
            } else {
                buffer.append(ascii: "N/A")
            }
        },
        Field("HetJobId", nil, "HET_JOB_ID", write: hetJobID),
        Field("HetJobIdSet", nil, "HET_JOB_ID_SET", write: hetJobSet),
        Field("HetJobOffset", nil, "HET_JOB_OFFSET", write: hetJobOffset),
        Field("PackJobId", nil, "HET_JOB_ID", write: hetJobID),
        Field("PackJobIdSet", nil, "HET_JOB_ID_SET", write: hetJobSet),
        Field("PackJobOffset", nil, "HET_JOB_OFFSET", write: hetJobOffset),
        Field("Name", "j", "NAME") { $2.append(orNull: $1.cluster.scripts[$0.job.script].name) },
        Field("Cluster", nil, "CLUSTER") { $2.append($1.cluster.parameters.name) },
        Field("SLUID", "s", "SLUID", since: .v2511) { line, _, buffer in
            buffer.append(sluidOf: line.job.id, submitted: line.job.submitted)
        },
    ]

    private static let hetJobID: Field<JobLine>.Write = { line, _, buffer in
        if line.job.hetJob == 0 { buffer.append(ascii: "N/A") } else { buffer.append(decimal: line.job.hetJob) }
    }

    private static let hetJobSet: Field<JobLine>.Write = { line, _, buffer in
        guard line.job.hetJob != 0 else { return buffer.append(ascii: "N/A") }
        buffer.append(hetJobSetOf: line.job)
    }

    private static let hetJobOffset: Field<JobLine>.Write = { line, _, buffer in
        if line.job.hetJob == 0 { buffer.append(ascii: "N/A") } else { buffer.append(decimal: line.job.hetOffset) }
    }

    private static let owner: [Field<JobLine>] = [
        Field("UserName", "u", "USER") { $1.cluster.append(nameOrNumberOf: $0.job.user, to: &$2) },
        Field("UserId", "U", "UID") { $2.append(decimal: $1.cluster.users[$0.job.user].uid) },
        Field("GroupName", "g", "GROUP") { $1.append(nameOrNumberOfGroup: $0.job.user, to: &$2) },
        Field("GroupId", "G", "GROUP") { $2.append(decimal: $1.cluster.users[$0.job.user].gid) },
        Field("Account", "a", "ACCOUNT") { line, report, buffer in
            buffer.append(orNull: { report.append(accountOf: line.job, to: &$0) })
        },
        Field("AssocId", nil, "ASSOC_ID") { line, report, buffer in
            let association = line.job.association
            buffer.append(decimal: association.exists ? report.cluster.associations[association].id : 0)
        },
        Field("QOS", "q", "QOS") { line, report, buffer in
            buffer.append(orNull: { report.append(qosOf: line.job, to: &$0) })
        },
        Field("Partition", "P", "PARTITION") { $1.cluster.append(partitionsOf: $0.job, to: &$2) },
        Field("Reservation", "v", "RESERVATION") { line, report, buffer in
            buffer.append(orNull: { report.append(reservationOf: line.job, to: &$0) })
        },
        Field("WCKey", "w", "WCKEY") { $2.append(orNull: $1.cluster.scripts[$0.job.script].wckey) },
        Field("MCSLabel", nil, "MCSLABEL", write: null),
    ]

    private static let state: [Field<JobLine>] = [
        Field("State", "T", "STATE") { line, _, buffer in buffer.append(contentsOf: line.job.state.effective.name) },
        Field("StateCompact", "t", "ST") { line, _, buffer in buffer.append(ascii: line.job.state.code) },
        Field("Reason", "r", "REASON") { $1.append(reasonOf: $0, to: &$2) },
        Field("ReasonList", "R", "NODELIST(REASON)", overflows: true) { line, report, buffer in
            guard line.showsReason else { return report.append(nodesOf: line.job, to: &buffer) }
            buffer.append(UInt8(ascii: "("))
            report.append(reasonOf: line, to: &buffer)
            buffer.append(UInt8(ascii: ")"))
        },
        Field("Dependency", "E", "DEPENDENCY") { line, report, buffer in
            buffer.append(orNull: { report.cluster.append(line.job.dependency, to: &$0) })
        },
        Field("Priority", "p", "PRIORITY") { line, _, buffer in
            buffer.append(fixed: Double(line.job.priority) / Double(UInt32.max), digits: 14)
        },
        Field("PriorityLong", "Q", "PRIORITY") { line, _, buffer in buffer.append(decimal: line.job.priority) },
        Field("Nice", "y", "NICE") { line, _, buffer in buffer.append(decimal: line.job.nice) },
        Field("exit_code", nil, "EXIT_CODE") { $2.append(statusOf: $0.job.waitStatus, $1.release) },
        Field("DerivedEC", nil, "DERIVED_EC") { $2.append(statusOf: $0.job.derivedWaitStatus, $1.release) },
        Field("RestartCnt", nil, "RESTART_COUNT") { line, _, buffer in buffer.append(decimal: line.job.restarts) },
        Field("Requeue", nil, "REQUEUE") { line, _, buffer in
            buffer.append(decimal: line.job.traits.contains(.requeues) ? 1 : 0)
        },
        Field("BatchFlag", nil, "BATCH_FLAG") { line, report, buffer in
            buffer.append(decimal: report.cluster.scripts[line.job.script].isBatch ? 1 : 0)
        },
        Field("CronJob", nil, "CRON_JOB", since: .v2505) { line, _, buffer in
            buffer.append(ascii: line.job.traits.contains(.cron) ? "Yes" : "No")
        },
        Field("Reboot", nil, "REBOOT", write: zero),
        Field("Profile", nil, "PROFILE") { $2.append(ascii: "None") },
    ]

    private static let times: [Field<JobLine>] = [
        Field("SubmitTime", "V", "SUBMIT_TIME") { $1.append(timeOrNone: $0.job.submitted, to: &$2) },
        Field("EligibleTime", nil, "ELIGIBLE_TIME") { $1.append(timeOrNone: $0.job.eligible, to: &$2) },
        Field("AccrueTime", nil, "ACCRUE_TIME") { $1.append(timeOrNone: $0.job.eligible, to: &$2) },
        Field("StartTime", "S", "START_TIME") { $1.append(timeOrNone: $0.job.started, to: &$2) },
        Field("EndTime", "e", "END_TIME") { line, report, buffer in
            if line.job.runsWithoutEnd { return buffer.append(ascii: "NONE") }
            report.append(timeOrNone: line.job.ended, to: &buffer)
        },
        Field("Deadline", nil, "DEADLINE") { $1.append(timeOrNone: $0.job.deadline, to: &$2) },
        Field("PreemptTime", nil, "PREEMPT_TIME") { $1.append(timeOrNone: $0.job.preempted, to: &$2) },
        Field("LastSchedEval", nil, "LAST_SCHED_EVAL") { line, report, buffer in
            report.append(timeOrNone: report.cluster.lastEvaluation(of: line.job), to: &buffer)
        },
        Field("ResizeTime", nil, "RESIZE_TIME", overflows: true) { $2.append(ascii: "N/A") },
        Field("TimeLimit", "l", "TIME_LIMIT", overflows: true) { line, _, buffer in
            guard let minutes = line.job.limit.minutes else { return buffer.append(ascii: "UNLIMITED") }
            buffer.append(squeueDuration: minutes * 60)
        },
        Field("TimeLeft", "L", "TIME_LEFT", overflows: true) { line, report, buffer in
            guard let minutes = line.job.limit.minutes else { return buffer.append(ascii: "UNLIMITED") }
            buffer.append(squeueDuration: minutes * 60 - report.cluster.runSeconds(of: line.job))
        },
        Field("TimeUsed", "M", "TIME", overflows: true) { line, report, buffer in
            buffer.append(squeueDuration: report.cluster.runSeconds(of: line.job))
        },
        Field("PendingTime", nil, "PENDING_TIME") { line, report, buffer in
            let job = line.job
            let until = job.started.isSet && job.started < report.cluster.now ? job.started : report.cluster.now
            buffer.append(decimal: until - job.submitted)
        },
        Field("MinTime", nil, "TIME_MIN") { $2.append(ascii: "0:00") },
        Field("DelayBoot", nil, "DELAY_BOOT") { $2.append(ascii: "0:00") },
        Field("Wait4Switch", nil, "WAIT4SWITCH") { $2.append(ascii: "0:00") },
    ]

    private static let resources: [Field<JobLine>] = [
        Field("NumCPUs", "C", "CPUS") { $2.append(decimal: $1.cpus(of: $0.job)) },
        Field("NumNodes", "D", "NODES") { $2.append(decimal: $1.nodeCount(of: $0.job)) },
        Field("NumTasks", nil, "TASKS") { line, _, buffer in buffer.append(decimal: line.job.request.tasks) },
        Field("NodeList", "N", "NODELIST", overflows: true) { $1.append(nodesOf: $0.job, to: &$2) },
        Field("BatchHost", "B", "EXEC_HOST") { line, report, buffer in
            guard report.cluster.scripts[line.job.script].isBatch else { return buffer.append(ascii: "login1") }
            let start = buffer.count
            report.append(batchHostOf: line.job, to: &buffer)
            if buffer.count == start { buffer.append(ascii: "n/a") }
        },
        Field("tres-alloc", nil, "TRES_ALLOC") { $1.append(tresOf: $0.job, to: &$2) },
        Field("Tres", nil, "TRES_ALLOC") { $1.append(tresOf: $0.job, to: &$2) },
        Field("tres-per-node", nil, "TRES_PER_NODE", write: tresPerNode),
        Field("Gres", "b", "TRES_PER_NODE", write: tresPerNode),
        Field("tres-per-job", nil, "TRES_PER_JOB", write: notAvailable),
        Field("tres-per-socket", nil, "TRES_PER_SOCKET", write: notAvailable),
        Field("tres-per-task", nil, "TRES_PER_TASK", write: notAvailable),
        Field("tres-bind", nil, "TRES_BIND", write: notAvailable),
        Field("tres-freq", nil, "TRES_FREQ", write: notAvailable),
        Field("cpus-per-tres", nil, "CPUS_PER_TRES", write: notAvailable),
        Field("mem-per-tres", nil, "MEM_PER_TRES", write: notAvailable),
        Field("Licenses", "W", "LICENSES") { line, report, buffer in
            buffer.append(orNull: { report.append(licensesOf: line.job, to: &$0) })
        },
        Field("LicensesAlloc", nil, "LICENSES_ALLOC", since: .v2505) { line, report, buffer in
            buffer.append(orNull: { if line.job.startedIn.exists { report.append(licensesOf: line.job, to: &$0) } })
        },
    ]

    private static let tresPerNode: Field<JobLine>.Write = { line, report, buffer in
        guard line.job.request.gpusPerNode > 0 else { return buffer.append(ascii: "N/A") }
        report.append(tresPerNodeOf: line.job, to: &buffer)
    }

    private static let requests: [Field<JobLine>] = [
        Field("MinCPUs", "c", "MIN_CPUS", write: cpusPerTask),
        Field("MinMemory", "m", "MIN_MEMORY") { line, report, buffer in
            buffer.append(Double(line.job.request.memory), keptIn: .mega, report.unitChoice)
        },
        Field("MinTmpDisk", "d", "MIN_TMP_DISK", write: zero),
        Field("CPUsPerTask", nil, "CPUS_PER_TASK", write: cpusPerTask),
        Field("cpus-per-task", nil, "CPUS_PER_TASK", write: cpusPerTask),
        Field("MaxCPUs", nil, "MAX_CPUS") { $2.append(decimal: $1.cpus(of: $0.job)) },
        Field("MaxNodes", nil, "MAX_NODES") { $2.append(decimal: $1.nodeCount(of: $0.job)) },
        Field("Feature", "f", "FEATURES") { $2.append(orNull: $1.cluster.scripts[$0.job.script].features) },
        Field("Prefer", nil, "PREFER", write: null),
        Field("ClusterFeature", nil, "CLUSTER_FEATURES", write: null),
        Field("ReqNodes", "n", "REQ_NODES", overflows: true) {
            $2.append($1.cluster.scripts[$0.job.script].requiredNodes)
        },
        Field("ExcNodes", "x", "EXC_NODES", since: .v2405, overflows: true, write: excludedNodes),
        Field("", "x", "EXC_NODES", upTo: .v2311, overflows: true, write: excludedNodes),
        Field("SchedNodes", "Y", "SCHEDNODES", overflows: true, write: null),
        Field("Contiguous", "O", "CONTIGUOUS", write: zero),
        Field("OverSubscribe", "h", "OVER_SUBSCRIBE", write: overSubscribe),
        Field("Shared", nil, "OVER_SUBSCRIBE", write: overSubscribe),
        Field("Exclusive", nil, "EXCLUSIVE", since: .v2605) { line, _, buffer in
            buffer.append(ascii: line.job.request.exclusive ? "NODE" : "NO")
        },
        Field("SCT", "z", "S:C:T") { $2.append(ascii: "*:*:*") },
        Field("Sockets", "H", "SOCKETS_PER_NODE") { $2.append(ascii: "*") },
        Field("Cores", "I", "CORES_PER_SOCKET") { $2.append(ascii: "*") },
        Field("Threads", "J", "THREADS_PER_CORE") { $2.append(ascii: "*") },
        Field("CoreSpec", "X", "CORE_SPEC", write: notAvailable),
        Field("BoardsPerNode", nil, "BOARDS_PER_NODE", write: zero),
        Field("SPerBoard", nil, "SOCKETS_PER_BOARD", write: zero),
        Field("NTPerCore", nil, "NTASKS_PER_CORE", write: notAvailable),
        Field("NTPerNode", nil, "NTASKS_PER_NODE", write: zero),
        Field("NTPerSocket", nil, "NTASKS_PER_SOCKET", write: notAvailable),
        Field("NTPerBoard", nil, "NTASKS_PER_BOARD", write: zero),
        Field("ReqSwitch", nil, "REQ_SWITCH", write: zero),
        Field("SegmentSize", nil, "SEGMENT_SIZE", since: .v2505, write: notAvailable),
        Field("Network", nil, "NETWORK", write: null),
    ]

    private static let cpusPerTask: Field<JobLine>.Write = { line, _, buffer in
        buffer.append(decimal: line.job.request.cpusPerTask)
    }

    private static let excludedNodes: Field<JobLine>.Write = { line, report, buffer in
        buffer.append(report.cluster.scripts[line.job.script].excludedNodes)
    }

    private static let overSubscribe: Field<JobLine>.Write = { line, _, buffer in
        buffer.append(ascii: line.job.request.exclusive ? "NO" : "OK")
    }

    private static let federation: [Field<JobLine>] = [
        Field("Origin", nil, "ORIGIN") { line, report, buffer in
            report.append(orNA: line.job.federation.origin == 0 ? 0 : 1 << line.job.federation.origin, to: &buffer)
        },
        Field("OriginRaw", nil, "ORIGIN_RAW") { line, _, buffer in
            let origin = line.job.id >> 26
            if origin == 0 { buffer.append(ascii: "NA") } else { buffer.append(decimal: origin) }
        },
        Field("SiblingsActive", nil, "ACTIVE_SIBLINGS") {
            $1.append(orNA: $0.job.federation.activeSiblings, to: &$2)
        },
        Field("SiblingsActiveRaw", nil, "ACTIVE_SIBLINGS_RAW") { line, _, buffer in
            buffer.append(memberNumbers: line.job.federation.activeSiblings)
        },
        Field("SiblingsViable", nil, "VIABLE_SIBLINGS") {
            $1.append(orNA: $0.job.federation.viableSiblings, to: &$2)
        },
        // Slurm's own spelling.
        Field("SiblingsViableRaw", nil, "VIALBLE_SIBLINGS_RAW") { line, _, buffer in
            buffer.append(memberNumbers: line.job.federation.viableSiblings)
        },
    ]

    private static let files: [Field<JobLine>] = [
        Field("Comment", "k", "COMMENT") { $2.append(orNull: $1.cluster.scripts[$0.job.script].comment) },
        Field("admin_comment", nil, "ADMIN_COMMENT") {
            $2.append(orNull: $1.cluster.scripts[$0.job.script].adminComment)
        },
        Field("system_comment", nil, "SYSTEM_COMMENT") {
            $2.append(orNull: $1.cluster.scripts[$0.job.script].systemComment)
        },
        Field("Command", "o", "COMMAND") { line, report, buffer in
            buffer.append(orNull: { report.cluster.append(commandOf: line.job.user, script: line.job.script, to: &$0) })
        },
        Field("WorkDir", "Z", "WORK_DIR") { line, report, buffer in
            report.cluster.append(workingDirectoryOf: line.job.user, script: line.job.script, to: &buffer)
        },
        Field("StdErr", nil, "STDERR", write: standardOutput),
        Field("StdOut", nil, "STDOUT", write: standardOutput),
        Field("StdIn", nil, "STDIN") { $2.append(ascii: "/dev/null") },
        Field("AllocNodes", nil, "ALLOC_NODES") { $2.append(ascii: "login1") },
        Field("AllocSID", nil, "ALLOC_SID") { line, _, buffer in buffer.append(decimal: line.job.id % 32_768 + 1) },
        Field("BurstBuffer", nil, "BURST_BUFFER") {
            $2.append(orNull: $1.cluster.scripts[$0.job.script].burstBuffer)
        },
        Field("BurstBufferState", nil, "BURST_BUFFER_STATE", write: null),
        Field("Container", nil, "CONTAINER") { $2.append(orNull: $1.cluster.scripts[$0.job.script].container) },
        Field("ContainerId", nil, "CONTAINERID", since: .v2302, write: null),
        Field("ContainerType", nil, "CONTAINERTYPE", since: .v2605, write: null),
    ]

    private static let standardOutput: Field<JobLine>.Write = { line, report, buffer in
        guard report.cluster.scripts[line.job.script].isBatch else { return buffer.append(ascii: "(null)") }
        report.cluster.append(standardOutputOf: line.job, to: &buffer)
    }

    private static let null: Field<JobLine>.Write = { $2.append(ascii: "(null)") }
    private static let notAvailable: Field<JobLine>.Write = { $2.append(ascii: "N/A") }
    private static let zero: Field<JobLine>.Write = { $2.append(UInt8(ascii: "0")) }
}

extension JobLine {
    /// Where squeue's last column says why, and not where.
    fileprivate var showsReason: Bool {
        if job.state.flags.contains(.completing) { return false }
        if job.state.flags.contains(.stageOut) { return true }
        return [.pending, .timeout, .outOfMemory, .deadline, .failed].contains(job.state.base)
    }
}

extension Job {
    /// Slurm lets such a job end in a year, and doesn't say so.
    var runsWithoutEnd: Bool { limit.minutes == nil && state.holdsResources }
}

extension Report {
    fileprivate func append(timeOrNone time: Timestamp, to buffer: inout [UInt8]) {
        if time.isSet { clock.append(time, to: &buffer) } else { buffer.append(ascii: "N/A") }
    }

    fileprivate func append(orNA siblings: UInt8, to buffer: inout [UInt8]) {
        let start = buffer.count
        cluster.append(siblings: siblings, to: &buffer)
        if buffer.count == start { buffer.append(ascii: "NA") }
    }
}

extension [UInt8] {
    private static let year = 365 * 86_400

    /// squeue calls a length of time beyond a year invalid.
    fileprivate mutating func append(squeueDuration seconds: Int) {
        if (0...Self.year).contains(seconds) {
            append(shortDuration: seconds)
        } else {
            append(ascii: "INVALID")
        }
    }

    /// The raw status up to Slurm 22.05, taken apart since.
    fileprivate mutating func append(statusOf status: UInt16, _ release: Release) {
        if release < .v2302 { append(decimal: status) } else { append(waitStatus: status) }
    }

    fileprivate mutating func append(memberNumbers mask: UInt8) {
        guard mask != 0 else { return append(ascii: "NA") }
        append((0..<8).filter { mask >> $0 & 1 == 1 }) { $1.append(decimal: $0) }
    }

    /// The ids of all components of a heterogeneous job, which Slurm numbers one after the other.
    mutating func append(hetJobSetOf job: Job) {
        append(decimal: job.hetJob)
        guard job.hetComponents > 1 else { return }
        append(UInt8(ascii: "-"))
        append(decimal: job.hetJob + UInt32(job.hetComponents) - 1)
    }
}
