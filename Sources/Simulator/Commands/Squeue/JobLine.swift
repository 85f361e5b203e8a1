import SimulatedCluster

/// A line of squeue: a record of the job list, or one task of the record of an array's unstarted tasks.
struct JobLine: Sendable {
    var job: Job
    /// Waiting tasks with records of their own that this record of unstarted ones stands for as well.
    var absorbed: [Job] = []
}

extension Report {
    func append(tasksOf line: JobLine, to buffer: inout [UInt8]) {
        let length = taskListLength ?? TaskSet.usualLength
        guard !line.absorbed.isEmpty else {
            return cluster.append(tasksOf: line.job, to: &buffer, length: length)
        }
        let ids = Array(cluster.taskSets[line.job.arrayTasks].ids) + line.absorbed.map(\.arrayTask)
        TaskSet(ids: ids.sorted()).append(to: &buffer, length: length)
    }

    func append(displayIDOf line: JobLine, to buffer: inout [UInt8]) {
        guard line.job.arrayTasks.exists else { return cluster.append(displayIDOf: line.job, to: &buffer) }
        buffer.append(decimal: line.job.arrayJob)
        buffer.append(ascii: "_[")
        append(tasksOf: line, to: &buffer)
        buffer.append(UInt8(ascii: "]"))
    }

    /// Appends why a job waits, in the words of the scheduler where it has left some.
    func append(reasonOf line: JobLine, to buffer: inout [UInt8]) {
        let start = buffer.count
        append(reasonOf: line.job, to: &buffer)
        for task in line.absorbed where task.reason != line.job.reason {
            let word = Array(task.reason.rawValue.utf8)
            guard buffer[start...].firstRange(of: word) == nil else { continue }
            buffer.append(UInt8(ascii: ","))
            buffer.append(contentsOf: word)
        }
    }

    func append(reasonOf job: Job, to buffer: inout [UInt8]) {
        let description = cluster.scripts[job.script].stateDescription
        if description.isEmpty {
            buffer.append(contentsOf: job.reason.rawValue.utf8)
        } else {
            buffer.append(description)
        }
    }

    func append(nameOrNumberOfGroup user: Ref<User>, to buffer: inout [UInt8]) {
        let user = cluster.users[user]
        if user.group.isEmpty {
            buffer.append(decimal: user.gid)
        } else {
            buffer.append(user.group)
        }
    }

    func append(accountOf job: Job, to buffer: inout [UInt8]) {
        if job.account.exists { buffer.append(cluster.accounts[job.account].name) }
    }

    func append(qosOf job: Job, to buffer: inout [UInt8]) {
        if job.qos.exists { buffer.append(cluster.qos[job.qos].name) }
    }

    func append(reservationOf job: Job, to buffer: inout [UInt8]) {
        if job.reservation.exists { buffer.append(cluster.reservations[job.reservation].name) }
    }

    func append(licensesOf job: Job, to buffer: inout [UInt8]) {
        if job.licenses.exists { cluster.append(cluster.licenseLists[job.licenses], to: &buffer) }
    }

    func append(nodesOf job: Job, to buffer: inout [UInt8]) {
        guard job.allocation.exists else { return }
        cluster.append(hostlist: cluster.listedNodes(of: job), to: &buffer)
    }

    /// Appends the first of a job's nodes, where its script runs.
    func append(batchHostOf job: Job, to buffer: inout [UInt8]) {
        guard job.allocation.exists, let first = cluster.shares(of: job).first?.node else { return }
        cluster.append(cluster.nodes[first].name, to: &buffer)
    }

    /// Appends what a job has, or wants as long as it has nothing.
    func append(tresOf job: Job, to buffer: inout [UInt8]) {
        let start = buffer.count
        cluster.append(cluster.allocatedTRES(of: job), to: &buffer)
        if buffer.count == start { cluster.append(cluster.requestedTRES(of: job), to: &buffer) }
    }

    func append(tresPerNodeOf job: Job, to buffer: inout [UInt8]) {
        cluster.append(gresRequest: job.request, prefix: release <= .v2302 ? "gres:" : "gres/", to: &buffer)
    }

    /// CPUs a job has, or wants as long as it has none.
    func cpus(of job: Job) -> Int {
        job.allocation.exists ? cluster.allocated(to: job).cpus : job.request.cpus
    }

    func nodeCount(of job: Job) -> Int {
        job.allocation.exists ? cluster.listedNodes(of: job).count : Int(job.request.nodes)
    }

    var unitChoice: UnitChoice { convertsUnits ? .exact : .asKept }
}

extension JobState {
    /// The letters of `squeue %t`.
    var code: StaticString {
        Self.flagCodes.first { flags.contains($0.flag) }?.code ?? base.code
    }

    private static let flagCodes: [(flag: Flags, code: StaticString)] = [
        (.completing, "CG"), (.stageOut, "SO"), (.configuring, "CF"), (.resizing, "RS"), (.requeued, "RQ"),
        (.requeueFederation, "RF"), (.requeueHold, "RH"), (.specialExit, "SE"), (.stopped, "ST"), (.revoked, "RV"),
        (.reservationDeletedHold, "RD"), (.signaling, "SI"),
    ]
}

extension JobEffectiveState {
    var name: [UInt8] { rawValue.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 } }
}
