import SimulatedCluster

/// What sacct can say of a job and its steps.
enum AccountingFields {
    static let usual: Text = "JobID,JobName,Partition,Account,AllocCPUS,State,ExitCode"
    static let brief: Text = "JobID,State,ExitCode"

    static let all = (identity + state + times + cpuTime + resources + usage + remarks).sorted { $0.name < $1.name }

    private static let identity: [TableField<AccountingLine>] = [
        TableField("JobID", -12) { $1.append(idOf: $0, to: &$2) },
        TableField("JobIDRaw", -12) { line, report, buffer in
            buffer.append(decimal: line.record.id)
            report.append(stepOf: line, to: &buffer)
        },
        TableField("JobName", 10) { line, report, buffer in
            buffer.append(line.step?.name ?? report.cluster.scripts[line.record.script].name.inDatabase)
        },
        TableField("User", 9) {
            $1.append(jobOnly: $0, to: &$2) { $1.cluster.append(nameOrNumberOf: $0.user, to: &$2) }
        },
        TableField("UID", 6, isCut: false) {
            $1.append(jobOnly: $0, to: &$2) { $2.append(decimal: $1.cluster.users[$0.user].uid) }
        },
        TableField("Group", 9) { $1.append(jobOnly: $0, to: &$2) { $1.append(nameOrNumberOfGroup: $0.user, to: &$2) } },
        TableField("GID", 6, isCut: false) {
            $1.append(jobOnly: $0, to: &$2) { $2.append(decimal: $1.cluster.users[$0.user].gid) }
        },
        TableField("Account", 10) { line, report, buffer in
            if line.record.account.exists { buffer.append(report.cluster.accounts[line.record.account].name) }
        },
        TableField("AssocID", 7, isCut: false) { line, report, buffer in
            let association = line.record.association
            if association.exists { buffer.append(decimal: report.cluster.associations[association].id) }
        },
        TableField("Cluster", 10) { $2.append($1.cluster.parameters.name) },
        TableField("Partition", 10) { $1.append(partitionOf: $0, to: &$2) },
        TableField("QOS", 10) {
            $1.append(jobOnly: $0, to: &$2) { if $0.qos.exists { $2.append($1.cluster.qos[$0.qos].name) } }
        },
        TableField("QOSRAW", 6, isCut: false) {
            $1.append(jobOnly: $0, to: &$2) { if $0.qos.exists { $2.append(decimal: $1.cluster.qos[$0.qos].id) } }
        },
        TableField("QOSREQ", 10, since: .v2411) { _, _, _ in },
        TableField("WCKey", 10) { $1.append(jobOnly: $0, to: &$2) { $2.append($1.cluster.scripts[$0.script].wckey) } },
        TableField("WCKeyID", 10, isCut: false) {
            $1.append(jobOnly: $0, to: &$2) { $2.append(wckeyOf: $0, $1.cluster) }
        },
        TableField("Reservation", 20) {
            $1.append(jobOnly: $0, to: &$2) { record, report, buffer in
                if record.reservation.exists { buffer.append(report.cluster.reservations[record.reservation].name) }
            }
        },
        TableField("ReservationId", 8, isCut: false) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in
                if record.reservation.exists { buffer.append(decimal: record.reservation.index + 1) }
            }
        },
        TableField("ReqReservation", 20, since: .v2505) { _, _, _ in },
        TableField("DBIndex", -21, isCut: false) { line, _, buffer in buffer.append(decimal: line.record.id) },
        TableField("SLUID", 14, since: .v2411) { line, _, buffer in
            buffer.append(sluidOf: line.record.id, submitted: line.record.submitted)
        },
        TableField("OriginalSLUID", 14, since: .v2605) { line, _, buffer in
            buffer.append(sluidOf: line.record.id, submitted: line.record.submitted)
        },
    ]

    private static let state: [TableField<AccountingLine>] = [
        TableField("State", 10) { line, report, buffer in
            let state = line.step?.state ?? line.record.state.base
            buffer.append(ascii: state.name)
            guard line.step == nil, state == .cancelled else { return }
            buffer.append(ascii: " by ")
            buffer.append(decimal: report.cluster.users[line.record.user].uid)
        },
        TableField("ExitCode", 8) { line, _, buffer in
            buffer.append(waitStatus: line.step?.waitStatus ?? line.record.waitStatus)
        },
        TableField("DerivedExitCode", 15) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in buffer.append(waitStatus: record.derivedWaitStatus) }
        },
        TableField("Reason", 22) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in
                buffer.append(contentsOf: record.reason.rawValue.utf8)
            }
        },
        TableField("Priority", 10, isCut: false) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in buffer.append(decimal: record.priority) }
        },
        TableField("Restarts", 8, since: .v2411, isCut: false) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in buffer.append(decimal: record.restarts) }
        },
        TableField("Flags", 19) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in
                if record.started.isSet { buffer.append(ascii: record.id % 3 == 0 ? "SchedBackfill" : "SchedMain") }
            }
        },
        TableField("FailedNode", 8, since: .v2302) { _, _, _ in },
    ]

    private static let times: [TableField<AccountingLine>] = [
        TableField("Submit", 19) { $1.clock.append($0.step?.started ?? $0.record.submitted, to: &$2) },
        TableField("Eligible", 19) { $1.clock.append($0.step?.started ?? $0.record.eligible, to: &$2) },
        TableField("Start", 19) { line, report, buffer in
            // Cancelled before it started.
            if !line.hasStarted, line.ended.isSet { return buffer.append(ascii: "None") }
            report.clock.append(line.record.started, to: &buffer)
        },
        TableField("End", 19) { $1.clock.append($0.ended, to: &$2) },
        TableField("Elapsed", 10, isCut: false) { $2.append(duration: $1.elapsed(of: $0)) },
        TableField("ElapsedRaw", 10, isCut: false) { $2.append(decimal: $1.elapsed(of: $0)) },
        TableField("Suspended", 10, isCut: false) { line, _, buffer in
            buffer.append(duration: Int(line.record.suspendedSeconds))
        },
        TableField("Timelimit", 10) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in buffer.append(record.limit) }
        },
        TableField("TimelimitRaw", 10) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in
                if let minutes = record.limit.minutes {
                    buffer.append(decimal: minutes)
                } else {
                    buffer.append(ascii: "UNLIMITED")
                }
            }
        },
        TableField("Reserved", 10, upTo: .v2205, isCut: false) { $1.append(waitOf: $0, times: 1, to: &$2) },
        TableField("ResvCPU", 10, upTo: .v2205, isCut: false) {
            $1.append(waitOf: $0, times: $0.record.request.cpus, to: &$2)
        },
        TableField("ResvCPURAW", 10, upTo: .v2205, isCut: false, write: plannedCPURaw),
        TableField("Planned", 10, since: .v2302, isCut: false) { $1.append(waitOf: $0, times: 1, to: &$2) },
        TableField("PlannedCPU", 10, since: .v2302, isCut: false) {
            $1.append(waitOf: $0, times: $0.record.request.cpus, to: &$2)
        },
        TableField("PlannedCPURAW", 13, since: .v2302, isCut: false, write: plannedCPURaw),
    ]

    private static let plannedCPURaw: TableField<AccountingLine>.Write = { line, report, buffer in
        if line.step == nil { buffer.append(decimal: report.wait(of: line) * line.record.request.cpus) }
    }

    private static let cpuTime: [TableField<AccountingLine>] = [
        TableField("CPUTime", 10, isCut: false) { $2.append(duration: $1.elapsed(of: $0) * $1.cpus(of: $0)) },
        TableField("CPUTimeRAW", 10, isCut: false) { $2.append(decimal: $1.elapsed(of: $0) * $1.cpus(of: $0)) },
        TableField("TotalCPU", 10) { line, _, buffer in
            let time = line.cpuMicroseconds
            buffer.append(cpuMicroseconds: time.user + time.system)
        },
        TableField("UserCPU", 10) { line, _, buffer in buffer.append(cpuMicroseconds: line.cpuMicroseconds.user) },
        TableField("SystemCPU", 10) { line, _, buffer in buffer.append(cpuMicroseconds: line.cpuMicroseconds.system) },
        TableField("AveCPU", 10) { line, _, buffer in
            guard let step = line.step else { return }
            buffer.append(
                duration: Int(step.userMicroseconds + step.systemMicroseconds) / 1_000_000 / max(1, step.tasks))
        },
    ]

    private static let resources: [TableField<AccountingLine>] = [
        TableField("AllocCPUS", 10, isCut: false) { $2.append(decimal: $1.cpus(of: $0)) },
        TableField("NCPUS", 10, isCut: false) { $2.append(decimal: $1.cpus(of: $0)) },
        TableField("ReqCPUS", 8, isCut: false) { line, _, buffer in
            buffer.append(decimal: line.step?.cpus ?? line.record.request.cpus)
        },
        TableField("AllocNodes", 10) { line, _, buffer in
            buffer.append(decimal: line.step?.nodes ?? (line.hasStarted ? Int(line.record.allocatedNodes) : 0))
        },
        TableField("NNodes", 8, isCut: false) { line, _, buffer in
            buffer.append(
                decimal: line.step?.nodes
                    ?? Int(line.hasStarted ? line.record.allocatedNodes : line.record.request.nodes))
        },
        TableField("ReqNodes", 8) { line, _, buffer in
            buffer.append(decimal: line.step?.nodes ?? Int(line.record.request.nodes))
        },
        TableField("NTasks", 8, isCut: false) { line, _, buffer in
            if let step = line.step { buffer.append(decimal: step.tasks) }
        },
        TableField("ReqMem", 10) {
            $1.append(jobOnly: $0, to: &$2) { record, report, buffer in
                buffer.append(Double(record.request.resources.memory), keptIn: .mega, report.accountingUnits)
            }
        },
        TableField("ReqTRES", 10) { $1.append(requestedTRESOf: $0, to: &$2) },
        TableField("AllocTRES", 10) { $1.append(allocatedTRESOf: $0, to: &$2) },
        TableField("NodeList", 15) { $1.append(nodesOf: $0, to: &$2) },
        TableField("Licenses", 10, since: .v2302) {
            $1.append(jobOnly: $0, to: &$2) { record, report, buffer in
                guard record.licenses.exists else { return }
                report.cluster.append(report.cluster.licenseLists[record.licenses], to: &buffer)
            }
        },
        TableField("SegmentSize", 11, since: .v2505) { _, _, _ in },
        TableField("Exclusive", 14, since: .v2605) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in
                buffer.append(ascii: record.request.exclusive ? "node" : "no")
            }
        },
        TableField("OverSubscribe", 14, since: .v2605) {
            $1.append(jobOnly: $0, to: &$2) { record, _, buffer in
                buffer.append(ascii: record.request.exclusive ? "no" : "ok")
            }
        },
    ]

    private static let usage: [TableField<AccountingLine>] = [
        TableField("MaxRSS", 10) { line, report, buffer in
            guard let step = line.step else { return }
            buffer.append(Double(step.maxResidentBytes), keptIn: .none, report.accountingUnits)
        },
        TableField("MaxRSSNode", 10) { line, report, buffer in
            guard line.step != nil, line.record.firstNode.exists else { return }
            report.append(nameOf: report.cluster.nodes[line.record.firstNode], to: &buffer)
        },
        TableField("MaxRSSTask", 10, isCut: false) { line, _, buffer in
            if line.step != nil { buffer.append(UInt8(ascii: "0")) }
        },
        TableField("AveRSS", 10) { line, report, buffer in
            guard let step = line.step else { return }
            buffer.append(Double(step.maxResidentBytes / 2), keptIn: .none, report.accountingUnits)
        },
        TableField("MaxVMSize", 10) { line, report, buffer in
            guard let step = line.step else { return }
            buffer.append(Double(step.maxResidentBytes * 2), keptIn: .none, report.accountingUnits)
        },
        TableField("AveVMSize", 10) { line, report, buffer in
            guard let step = line.step else { return }
            buffer.append(Double(step.maxResidentBytes), keptIn: .none, report.accountingUnits)
        },
        TableField("ConsumedEnergy", 14) { line, _, buffer in
            guard line.step != nil else { return buffer.append(UInt8(ascii: "0")) }
            if let energy = line.step?.energy { buffer.append(thousands: energy) }
        },
        TableField("ConsumedEnergyRaw", 17, isCut: false) { line, _, buffer in
            guard line.step != nil else { return buffer.append(UInt8(ascii: "0")) }
            if let energy = line.step?.energy { buffer.append(decimal: energy) }
        },
        TableField("TRESUsageInTot", 14) { line, _, buffer in
            guard let step = line.step else { return }
            buffer.append(ascii: "cpu=")
            buffer.append(duration: Int(step.userMicroseconds + step.systemMicroseconds) / 1_000_000)
            buffer.append(ascii: ",mem=")
            buffer.append(Double(step.maxResidentBytes) * Double(step.tasks), keptIn: .none)
        },
    ]

    private static let remarks: [TableField<AccountingLine>] = [
        TableField("Comment", 14) {
            $1.append(jobOnly: $0, to: &$2) { $2.append($1.cluster.scripts[$0.script].comment.inDatabase) }
        },
        TableField("AdminComment", 15) {
            $1.append(jobOnly: $0, to: &$2) { $2.append($1.cluster.scripts[$0.script].adminComment.inDatabase) }
        },
        TableField("SystemComment", 15) {
            $1.append(jobOnly: $0, to: &$2) { $2.append($1.cluster.scripts[$0.script].systemComment.inDatabase) }
        },
        TableField("Extra", 14, since: .v2302) {
            $1.append(jobOnly: $0, to: &$2) { $2.append($1.cluster.scripts[$0.script].extra.inDatabase) }
        },
        TableField("Constraints", 19) {
            $1.append(jobOnly: $0, to: &$2) { $2.append($1.cluster.scripts[$0.script].features) }
        },
        TableField("Container", 19) {
            $1.append(jobOnly: $0, to: &$2) { $2.append($1.cluster.scripts[$0.script].container) }
        },
        TableField("McsLabel", 12) { _, _, _ in },
        TableField("BlockID", 16) { _, _, _ in },
        TableField("Layout", 9) { line, _, buffer in
            guard let step = line.step else { return }
            buffer.append(ascii: step.kind == .batch || step.kind == .extern ? "Unknown" : "Block")
        },
        TableField("SubmitLine", 20) {
            $1.append(jobOnly: $0, to: &$2) { $1.cluster.append(submitLineOf: $0.request, script: $0.script, to: &$2) }
        },
        TableField("WorkDir", 20) {
            $1.append(jobOnly: $0, to: &$2) {
                $1.cluster.append(workingDirectoryOf: $0.user, script: $0.script, to: &$2)
            }
        },
    ]
}

extension AccountingLine {
    var cpuMicroseconds: (user: UInt64, system: UInt64) {
        step.map { ($0.userMicroseconds, $0.systemMicroseconds) } ?? record.cpuMicroseconds
    }
}

extension Report {
    /// Writes what is there of jobs and empty of steps.
    fileprivate func append(
        jobOnly line: AccountingLine, to buffer: inout [UInt8], _ write: (EndedJob, Report, inout [UInt8]) -> Void
    ) {
        if line.step == nil { write(line.record, self, &buffer) }
    }

    fileprivate func wait(of line: AccountingLine) -> Int {
        let record = line.record
        guard record.eligible.isSet else { return 0 }
        let until = record.started.isSet ? record.started : line.ended.isSet ? line.ended : cluster.now
        return max(0, until - record.eligible)
    }

    fileprivate func append(waitOf line: AccountingLine, times factor: Int, to buffer: inout [UInt8]) {
        if line.step == nil { buffer.append(duration: wait(of: line) * factor) }
    }

    fileprivate var accountingUnits: UnitChoice { units ?? unitChoice }
}

extension Text {
    /// As it comes back from the database, which has backticks for double quotes.
    fileprivate var inDatabase: Text {
        bytes.contains(UInt8(ascii: "\""))
            ? Text(bytes: bytes.map { $0 == UInt8(ascii: "\"") ? UInt8(ascii: "`") : $0 }) : self
    }
}

extension [UInt8] {
    fileprivate mutating func append(wckeyOf record: EndedJob, _ cluster: Cluster) {
        let name = cluster.scripts[record.script].wckey
        append(decimal: cluster.wckeys.first { $0.name == name && $0.user == record.user }?.id ?? 0)
    }

    /// Appends energy with a letter for each factor of 1000, as sacct does for joules alone.
    fileprivate mutating func append(thousands amount: UInt64) {
        var rest = Double(amount)
        var unit = Unit.none
        while rest >= 1000, let next = Unit(rawValue: unit.rawValue + 1) {
            rest /= 1000
            unit = next
        }
        if Double(Int(rest)) == rest { append(decimal: Int(rest)) } else { append(fixed: rest, digits: 2) }
        if let letter = unit.letter { append(letter) }
    }
}
