import SimulatedCluster

/// A record of `scontrol show nodes`.
struct ShowNode {
    let report: Report
    let text: RecordText
    var details = false

    func append(_ node: Node, to buffer: inout [UInt8]) {
        appendHardware(node, &buffer)
        appendAddress(node, &buffer)
        appendMemory(node, &buffer)
        appendState(node, &buffer)
        appendTimes(node, &buffer)
        appendResources(node, &buffer)
        appendReason(node, &buffer)
        appendRemarks(node, &buffer)
        text.endRecord(&buffer)
    }

    private func appendHardware(_ node: Node, _ buffer: inout [UInt8]) {
        let texts = report.cluster.texts
        buffer.word("NodeName=") { report.append(nameOf: node, to: &$0) }
        if !texts[node.architecture].isEmpty { buffer.word(" Arch=", texts[node.architecture]) }
        buffer.word(" CoresPerSocket=", node.coresPerSocket)
        buffer.append(UInt8(ascii: " "))
        text.breakLine(&buffer)
        buffer.word("CPUAlloc=", node.allocatedCPUs)
        buffer.word(" CPUEfctv=", node.effectiveCPUs)
        buffer.word(" CPUTot=", node.cpus)
        buffer.word(" CPULoad=") { appendLoad(node, &$0) }
        text.breakLine(&buffer)
        buffer.word("AvailableFeatures=", orNull: texts[node.features])
        text.breakLine(&buffer)
        buffer.word("ActiveFeatures=", orNull: texts[node.activeFeatures])
        text.breakLine(&buffer)
        buffer.wordOrNull("Gres=") { report.cluster.append(configuredGres: node, to: &$0) }
        text.breakLine(&buffer)
        guard details else { return }
        buffer.append(ascii: "GresDrain=N/A")
        text.breakLine(&buffer)
        buffer.wordOrNull("GresUsed=") { report.cluster.append(usedGres: node, to: &$0) }
        text.breakLine(&buffer)
    }

    /// From 23.11 on a load that no slurmd ever reported is the number that stands for "not set".
    private func appendLoad(_ node: Node, _ buffer: inout [UInt8]) {
        guard node.cpuLoad == Node.unset, report.release >= .v2311 else {
            return report.append(loadOf: node, to: &buffer)
        }
        buffer.append(fixed: Double(Node.unset) / 100, digits: 2)
    }

    private func appendAddress(_ node: Node, _ buffer: inout [UInt8]) {
        let texts = report.cluster.texts
        buffer.word("NodeAddr=") { report.append(nameOf: node, to: &$0) }
        buffer.word(" NodeHostName=") { report.append(nameOf: node, to: &$0) }
        buffer.append(UInt8(ascii: " "))
        if node.port != 6818 {
            buffer.word("Port=", node.port)
            buffer.append(UInt8(ascii: " "))
        }
        if !texts[node.version].isEmpty { buffer.word("Version=", texts[node.version]) }
        text.breakLine(&buffer)
        guard !texts[node.operatingSystem].isEmpty else { return }
        buffer.word("OS=", texts[node.operatingSystem])
        buffer.append(UInt8(ascii: " "))
        text.breakLine(&buffer)
    }

    private func appendMemory(_ node: Node, _ buffer: inout [UInt8]) {
        buffer.word("RealMemory=", node.memory)
        buffer.word(" AllocMem=", node.allocatedMemory)
        buffer.word(" FreeMem=") { report.append(freeMemoryOf: node, to: &$0) }
        buffer.word(" Sockets=", node.sockets)
        buffer.word(" Boards=", node.boards)
        text.breakLine(&buffer)
        guard node.specializedCores > 0 || node.specializedMemory > 0 else { return }
        if node.specializedCores > 0 {
            buffer.word("CoreSpecCount=", node.specializedCores)
            buffer.append(UInt8(ascii: " "))
        }
        if node.specializedMemory > 0 { buffer.word("MemSpecLimit=", node.specializedMemory) }
        text.breakLine(&buffer)
    }

    private func appendState(_ node: Node, _ buffer: inout [UInt8]) {
        buffer.word("State=") { node.state.append(completeTo: &$0, report.release) }
        buffer.word(" ThreadsPerCore=", node.threadsPerCore)
        buffer.word(" TmpDisk=", node.temporaryDisk)
        buffer.word(" Weight=", node.weight)
        buffer.append(ascii: " Owner=N/A MCS_label=N/A")
        text.breakLine(&buffer)
        if !node.state.flags.isDisjoint(with: [.rebootRequested, .rebootIssued]) {
            buffer.word("NextState=", fixed: node.nextStateAfterReboot.name)
            text.breakLine(&buffer)
        }
        guard node.partitions.exists else { return }
        buffer.append(ascii: "Partitions=")
        buffer.append(report.cluster.partitions(of: node)) { $1.append(report.cluster.partitions[$0].name) }
        buffer.append(UInt8(ascii: " "))
        text.breakLine(&buffer)
    }

    private func appendTimes(_ node: Node, _ buffer: inout [UInt8]) {
        buffer.word("BootTime=", node.bootTime, report.clock, orElse: "None")
        buffer.word(" SlurmdStartTime=", node.slurmdStart, report.clock, orElse: "None")
        text.breakLine(&buffer)
        buffer.word("LastBusyTime=", node.lastBusy, report.clock)
        if report.release >= .v2302 {
            buffer.word(" ResumeAfterTime=", node.resumeAfter, report.clock, orElse: "None")
        }
        if report.release >= .v2605 { buffer.append(ascii: " SuspendTime=600") }
        text.breakLine(&buffer)
    }

    private func appendResources(_ node: Node, _ buffer: inout [UInt8]) {
        buffer.wordOrNull("CfgTRES=") { report.cluster.append(report.cluster.configuredTRES(of: node), to: &$0) }
        text.breakLine(&buffer)
        buffer.word("AllocTRES=") { report.cluster.append(allocatedOn: node, to: &$0) }
        text.breakLine(&buffer)
        if report.release < .v2405 {
            buffer.append(ascii: "CapWatts=n/a")
            text.breakLine(&buffer)
        }
        appendPower(node, &buffer)
        guard report.release < .v2405 else { return }
        text.breakLine(&buffer)
        let unknown: StaticString = report.release < .v2311 ? "n/s" : "n/a"
        buffer.word("ExtSensorsJoules=", fixed: unknown)
        buffer.word(" ExtSensorsWatts=", fixed: report.release < .v2311 ? "0" : unknown)
        buffer.word(" ExtSensorsTemp=", fixed: unknown)
    }

    private func appendPower(_ node: Node, _ buffer: inout [UInt8]) {
        if node.watts == 0, report.release >= .v2311 { return buffer.append(ascii: "CurrentWatts=n/a AveWatts=n/a") }
        buffer.word("CurrentWatts=", node.watts)
        buffer.word(" AveWatts=", node.watts)
    }

    /// Who said so and when stands behind the first line of a reason.
    private func appendReason(_ node: Node, _ buffer: inout [UInt8]) {
        let reason = report.cluster.texts[node.reason].bytes
        for (index, line) in reason.split(separator: UInt8(ascii: "\n")).enumerated() {
            text.breakLine(&buffer)
            buffer.append(ascii: index == 0 ? "Reason=" : "       ")
            buffer.append(contentsOf: line)
            guard index == 0, node.reasonTime.isSet else { continue }
            buffer.append(ascii: " [")
            if node.reasonUser.exists { report.cluster.append(nameOrNumberOf: node.reasonUser, to: &buffer) }
            buffer.word("@", node.reasonTime, report.clock)
            buffer.append(UInt8(ascii: "]"))
        }
    }

    private func appendRemarks(_ node: Node, _ buffer: inout [UInt8]) {
        let texts = report.cluster.texts
        text.line("Comment=", unlessEmpty: texts[node.comment], to: &buffer)
        text.line("Extra=", unlessEmpty: texts[node.extra], to: &buffer)
        guard report.release >= .v2311 else { return }
        let id = texts[node.instanceID], type = texts[node.instanceType]
        if !id.isEmpty || !type.isEmpty {
            text.breakLine(&buffer)
            if !id.isEmpty {
                buffer.word("InstanceId=", id)
                buffer.append(UInt8(ascii: " "))
            }
            if !type.isEmpty { buffer.word("InstanceType=", type) }
        }
        if node.reservation.exists {
            text.line("ReservationName=", unlessEmpty: report.cluster.reservations[node.reservation].name, to: &buffer)
        }
    }
}

extension Cluster {
    /// A node's strings have no billing among what is allocated.
    fileprivate func append(allocatedOn node: Node, to buffer: inout [UInt8]) {
        let start = buffer.count
        append(allocatedTRES(of: node), to: &buffer)
        guard let billing = buffer[start...].firstRange(of: Array(",billing=".utf8)) else { return }
        let end = buffer[billing.upperBound...].firstIndex { !$0.isASCIIDigit } ?? buffer.endIndex
        buffer.removeSubrange(billing.lowerBound..<end)
    }
}
