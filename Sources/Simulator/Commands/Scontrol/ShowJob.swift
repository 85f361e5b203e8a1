import SimulatedCluster

/// A record of `scontrol show job`.
struct ShowJob {
    let report: Report
    let text: RecordText
    /// `-d`: what the job has on each node.
    let showsDetails: Bool

    func append(_ job: Job, to buffer: inout [UInt8]) {
        let script = report.cluster.scripts[job.script]
        appendIdentity(job, script, &buffer)
        appendState(job, &buffer)
        appendTimes(job, &buffer)
        appendPlace(job, script, &buffer)
        appendSize(job, &buffer)
        appendDetails(job, &buffer)
        appendRequest(job, script, &buffer)
        appendFiles(job, script, &buffer)
        appendLast(job, script, &buffer)
        text.endRecord(&buffer)
    }

    private func appendIdentity(_ job: Job, _ script: Script, _ buffer: inout [UInt8]) {
        buffer.word("JobId=", job.id)
        buffer.append(UInt8(ascii: " "))
        if job.arrayJob != 0 {
            buffer.word("ArrayJobId=", job.arrayJob)
            buffer.append(ascii: " ArrayTaskId=")
            if let task = job.arrayTaskID {
                buffer.append(decimal: task)
            } else {
                report.cluster.append(tasksOf: job, to: &buffer, length: report.taskListLength ?? TaskSet.usualLength)
            }
            if job.arrayMaxRunning > 0 { buffer.word(" ArrayTaskThrottle=", job.arrayMaxRunning) }
            buffer.append(UInt8(ascii: " "))
        } else if job.hetJob != 0 {
            buffer.word("HetJobId=", job.hetJob)
            buffer.word(" HetJobOffset=", job.hetOffset)
            buffer.append(UInt8(ascii: " "))
        }
        buffer.word("JobName=", orNull: script.name)
        text.breakLine(&buffer)
        if report.release >= .v2511 {
            buffer.word("SLUID=") { $0.append(sluidOf: job.id, submitted: job.submitted) }
            text.breakLine(&buffer)
        }
        if job.hetJob != 0 {
            buffer.word("HetJobIdSet=") { $0.append(hetJobSetOf: job) }
            text.breakLine(&buffer)
        }
        appendOwner(job, &buffer)
    }

    private func appendOwner(_ job: Job, _ buffer: inout [UInt8]) {
        buffer.word("UserId=") { report.cluster.append(nameOrNumberOf: job.user, to: &$0) }
        buffer.word("(", report.cluster.users[job.user].uid)
        buffer.word(") GroupId=") { report.append(nameOrNumberOfGroup: job.user, to: &$0) }
        buffer.word("(", report.cluster.users[job.user].gid)
        buffer.append(ascii: ") MCS_label=N/A")
        text.breakLine(&buffer)
        buffer.word("Priority=", job.priority)
        buffer.word(" Nice=", job.nice)
        buffer.wordOrNull(" Account=") { report.append(accountOf: job, to: &$0) }
        buffer.wordOrNull(" QOS=") { report.append(qosOf: job, to: &$0) }
        let wckey = report.cluster.scripts[job.script].wckey
        if !wckey.isEmpty { buffer.word(" WCKey=", wckey) }
        text.breakLine(&buffer)
    }

    private func appendState(_ job: Job, _ buffer: inout [UInt8]) {
        buffer.word("JobState=") { $0.append(contentsOf: job.state.effective.name) }
        buffer.append(ascii: " Reason=")
        let start = buffer.count
        report.append(reasonOf: job, to: &buffer)
        for index in start..<buffer.count where (0x09...0x0D).contains(buffer[index]) || buffer[index] == 0x20 {
            buffer[index] = UInt8(ascii: "_")
        }
        buffer.wordOrNull(" Dependency=") { report.cluster.append(job.dependency, to: &$0) }
        text.breakLine(&buffer)
        buffer.word("Requeue=", job.traits.contains(.requeues) ? 1 : 0)
        buffer.word(" Restarts=", job.restarts)
        buffer.word(" BatchFlag=", report.cluster.scripts[job.script].isBatch ? 1 : 0)
        buffer.word(" Reboot=0 ExitCode=") { $0.append(waitStatus: job.waitStatus) }
        text.breakLine(&buffer)
        guard showsDetails else { return }
        buffer.word("DerivedExitCode=") { $0.append(waitStatus: job.derivedWaitStatus) }
        text.breakLine(&buffer)
    }

    private func appendTimes(_ job: Job, _ buffer: inout [UInt8]) {
        let clock = report.clock
        buffer.word("RunTime=") { $0.append(duration: report.cluster.runSeconds(of: job)) }
        buffer.word(" TimeLimit=", limit: job.limit)
        buffer.append(ascii: " TimeMin=N/A")
        text.breakLine(&buffer)
        buffer.word("SubmitTime=", job.submitted, clock)
        buffer.word(" EligibleTime=", job.eligible, clock)
        text.breakLine(&buffer)
        buffer.word("AccrueTime=", job.eligible, clock)
        text.breakLine(&buffer)
        buffer.word("StartTime=", job.started, clock)
        buffer.word(" EndTime=", job.runsWithoutEnd ? .never : job.ended, clock)
        buffer.word(" Deadline=", job.deadline, clock, orElse: "N/A")
        text.breakLine(&buffer)
        if job.traits.contains(.cron) {
            buffer.append(ascii: "CronJob=Yes CrontabSpec=\"0 * * * *\"")
            text.breakLine(&buffer)
        }
        buffer.word("SuspendTime=", job.suspended, clock, orElse: "None")
        buffer.word(" SecsPreSuspend=", job.ranBeforeSuspension)
        buffer.word(" LastSchedEval=", report.cluster.lastEvaluation(of: job), clock)
        buffer.word(" Scheduler=", fixed: job.traits.contains(.backfilled) ? "Backfill" : "Main")
        text.breakLine(&buffer)
    }

    private func appendPlace(_ job: Job, _ script: Script, _ buffer: inout [UInt8]) {
        buffer.word("Partition=") { report.cluster.append(partitionsOf: job, to: &$0) }
        buffer.word(" AllocNode:Sid=login1:", job.id % 32_768 + 1)
        text.breakLine(&buffer)
        buffer.word("ReqNodeList=", orNull: script.requiredNodes)
        buffer.word(" ExcNodeList=", orNull: script.excludedNodes)
        text.breakLine(&buffer)
        buffer.word("NodeList=") { report.append(nodesOf: job, to: &$0) }
        text.breakLine(&buffer)
        if job.allocation.exists {
            buffer.word("BatchHost=") { report.append(batchHostOf: job, to: &$0) }
            text.breakLine(&buffer)
        }
        let federation = job.federation
        guard federation.activeSiblings != 0 || federation.viableSiblings != 0 else { return }
        buffer.word("FedOrigin=") { report.cluster.append(siblings: 1 << federation.origin, to: &$0) }
        buffer.wordOrNull(" FedViableSiblings=") { report.cluster.append(siblings: federation.viableSiblings, to: &$0) }
        buffer.wordOrNull(" FedActiveSiblings=") { report.cluster.append(siblings: federation.activeSiblings, to: &$0) }
        text.breakLine(&buffer)
    }

    private func appendSize(_ job: Job, _ buffer: inout [UInt8]) {
        buffer.word("NumNodes=", report.nodeCount(of: job))
        buffer.word(" NumCPUs=", report.cpus(of: job))
        buffer.word(" NumTasks=", job.request.tasks)
        buffer.word(" CPUs/Task=", job.request.cpusPerTask)
        buffer.append(ascii: " ReqB:S:C:T=0:0:*:*")
        text.breakLine(&buffer)
        if report.release < .v2302 {
            buffer.word("TRES=") { report.append(tresOf: job, to: &$0) }
        } else {
            buffer.word("ReqTRES=") { report.cluster.append(report.cluster.requestedTRES(of: job), to: &$0) }
            text.breakLine(&buffer)
            buffer.wordOrNull("AllocTRES=") { report.cluster.append(report.cluster.allocatedTRES(of: job), to: &$0) }
        }
        text.breakLine(&buffer)
        buffer.append(ascii: "Socks/Node=* NtasksPerN:B:S:C=0:0:*:* CoreSpec=*")
        text.breakLine(&buffer)
    }

    /// Nodes alike follow each other on one line in Slurm; here each has its own.
    private func appendDetails(_ job: Job, _ buffer: inout [UInt8]) {
        guard showsDetails, job.state.holdsResources else { return }
        buffer.append(ascii: "JOB_GRES=")
        buffer.append(
            orNull: { buffer in
                buffer.append(report.cluster.allocatedGPUs(of: job)) { gpus, buffer in
                    buffer.append(ascii: "gpu:")
                    if gpus.type.exists {
                        buffer.append(report.cluster.gpuTypes[gpus.type].name)
                        buffer.append(UInt8(ascii: ":"))
                    }
                    buffer.append(decimal: gpus.count)
                }
            })
        text.breakLine(&buffer)
        for share in report.cluster.shares(of: job) {
            buffer.word("  Nodes=") { report.append(nameOf: report.cluster.nodes[share.node], to: &$0) }
            buffer.append(ascii: " CPU_IDs=")
            let ids: ClosedRange<UInt32> = 0...max(1, share.cpus) - 1
            TaskSet(ids).append(to: &buffer, length: 0)
            buffer.word(" Mem=", share.memory)
            buffer.word(" GRES=") { report.cluster.append(gresDetail: share, to: &$0) }
            text.breakLine(&buffer)
        }
    }

    private func appendRequest(_ job: Job, _ script: Script, _ buffer: inout [UInt8]) {
        let request = job.request
        buffer.word("MinCPUsNode=", request.cpusPerTask)
        buffer.word(request.memoryIsPerCPU ? " MinMemoryCPU=" : " MinMemoryNode=") {
            $0.append(Double(request.memory), keptIn: .mega)
        }
        buffer.append(ascii: " MinTmpDiskNode=0")
        text.breakLine(&buffer)
        buffer.word("Features=", orNull: script.features)
        buffer.append(ascii: " DelayBoot=00:00:00")
        text.breakLine(&buffer)
        if job.reservation.exists {
            buffer.word("Reservation=", report.cluster.reservations[job.reservation].name)
            text.breakLine(&buffer)
        }
        buffer.word("OverSubscribe=", fixed: request.exclusive ? "NO" : "OK")
        if report.release >= .v2605 { buffer.word(" Exclusive=", fixed: request.exclusive ? "NODE" : "NO") }
        buffer.wordOrNull(" Contiguous=0 Licenses=") { report.append(licensesOf: job, to: &$0) }
        if report.release >= .v2505 {
            buffer.wordOrNull(" LicensesAlloc=") { if job.startedIn.exists { report.append(licensesOf: job, to: &$0) } }
        }
        buffer.append(ascii: " Network=(null)")
        text.breakLine(&buffer)
    }

    private func appendFiles(_ job: Job, _ script: Script, _ buffer: inout [UInt8]) {
        let cluster = report.cluster
        buffer.wordOrNull("Command=") { cluster.append(commandOf: job.user, script: job.script, to: &$0) }
        text.breakLine(&buffer)
        if report.release >= .v2511 {
            buffer.word("SubmitLine=") { cluster.append(submitLineOf: job.request, script: job.script, to: &$0) }
            text.breakLine(&buffer)
        }
        buffer.word("WorkDir=") { cluster.append(workingDirectoryOf: job.user, script: job.script, to: &$0) }
        text.line("AdminComment=", unlessEmpty: script.adminComment, suffix: " ", to: &buffer)
        text.line("SystemComment=", unlessEmpty: script.systemComment, suffix: " ", to: &buffer)
        text.line("Comment=", unlessEmpty: script.comment, suffix: " ", to: &buffer)
        if report.release >= .v2302 { text.line("Extra=", unlessEmpty: script.extra, suffix: " ", to: &buffer) }
        guard script.isBatch else { return }
        text.breakLine(&buffer)
        buffer.word("StdErr=") { cluster.append(standardOutputOf: job, to: &$0) }
        text.breakLine(&buffer)
        buffer.append(ascii: "StdIn=/dev/null")
        text.breakLine(&buffer)
        buffer.word("StdOut=") { cluster.append(standardOutputOf: job, to: &$0) }
    }

    private func appendLast(_ job: Job, _ script: Script, _ buffer: inout [UInt8]) {
        text.line("BurstBuffer=", unlessEmpty: script.burstBuffer, to: &buffer)
        if report.release < .v2405 {
            text.breakLine(&buffer)
            buffer.append(ascii: "Power=")
        }
        if job.request.gpusPerNode > 0 {
            text.breakLine(&buffer)
            buffer.word("TresPerNode=") { report.append(tresPerNodeOf: job, to: &$0) }
        }
        if !script.mailUser.isEmpty {
            text.breakLine(&buffer)
            buffer.word("MailUser=", script.mailUser)
            buffer.append(ascii: " MailType=END,FAIL")
        }
        if !script.container.isEmpty {
            text.breakLine(&buffer)
            buffer.word("Container=", script.container)
            if report.release >= .v2302 { buffer.append(ascii: " ContainerID=(null)") }
        }
        if report.release < .v2511 { text.breakLine(&buffer) }
    }
}
