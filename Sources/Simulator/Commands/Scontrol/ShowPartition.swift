import SimulatedCluster

/// A record of `scontrol show partitions`.
struct ShowPartition {
    let report: Report
    let text: RecordText

    func append(_ partition: Partition, to buffer: inout [UInt8]) {
        buffer.word("PartitionName=", partition.name)
        text.breakLine(&buffer)
        appendAdmission(partition, &buffer)
        appendTimes(partition, &buffer)
        appendLimits(partition, &buffer)
        appendPriority(partition, &buffer)
        appendState(partition, &buffer)
        appendMemory(partition, &buffer)
        buffer.word("TRES=") { report.cluster.append(report.cluster.configuredTRES(of: partition), to: &$0) }
        text.breakLine(&buffer)
        buffer.append(ascii: "TRESBillingWeights=CPU=1.0,GRES/gpu=16.0")
        appendPowerSaving(&buffer)
        text.endRecord(&buffer)
    }

    private func appendAdmission(_ partition: Partition, _ buffer: inout [UInt8]) {
        buffer.append(ascii: "AllowGroups=ALL")
        let accounts = report.cluster.accounts
        let denies = partition.allowedAccounts.isEmpty && !partition.deniedAccounts.isEmpty
        buffer.append(ascii: denies ? " DenyAccounts=" : " AllowAccounts=")
        append(denies ? partition.deniedAccounts : partition.allowedAccounts, &buffer) { accounts[$0].name }
        buffer.append(ascii: " AllowQos=")
        append(partition.allowedQOS, &buffer) { report.cluster.qos[$0].name }
        text.breakLine(&buffer)
        buffer.append(ascii: "AllocNodes=ALL")
        if partition.alternate.exists {
            buffer.word(" Alternate=", report.cluster.partitions[partition.alternate].name)
        }
        buffer.word(" Default=", is: partition.flags.contains(.isDefault))
        buffer.word(" QoS=", partition.qos.exists ? report.cluster.qos[partition.qos].name : "N/A")
        text.breakLine(&buffer)
    }

    private func append<Entity>(_ refs: [Ref<Entity>], _ buffer: inout [UInt8], name: (Ref<Entity>) -> Text) {
        guard !refs.isEmpty else { return buffer.append(ascii: "ALL") }
        buffer.append(refs) { $1.append(name($0)) }
    }

    private func appendTimes(_ partition: Partition, _ buffer: inout [UInt8]) {
        if partition.defaultTime.minutes == nil {
            buffer.append(ascii: "DefaultTime=NONE")
        } else {
            buffer.word("DefaultTime=", limit: partition.defaultTime)
        }
        buffer.word(" DisableRootJobs=", is: partition.flags.contains(.noRoot))
        let isUser = partition.flags.contains(.exclusiveUser)
        if report.release < .v2605 {
            buffer.word(" ExclusiveUser=", is: isUser)
            if report.release >= .v2405 { buffer.append(ascii: " ExclusiveTopo=NO") }
        } else {
            buffer.word(" Exclusive=", fixed: partition.oversubscribe == 0 ? "NODE" : isUser ? "USER" : "NO")
        }
        buffer.word(" GraceTime=", partition.graceTime)
        buffer.word(" Hidden=", is: partition.flags.contains(.hidden))
        text.breakLine(&buffer)
    }

    private func appendLimits(_ partition: Partition, _ buffer: inout [UInt8]) {
        buffer.word("MaxNodes=", limit: partition.maxNodes)
        buffer.word(" MaxTime=", limit: partition.maxTime)
        buffer.word(" MinNodes=", partition.minNodes)
        buffer.word(" LLN=", is: partition.flags.contains(.leastLoadedNode))
        buffer.word(" MaxCPUsPerNode=", limit: partition.maxCPUsPerNode)
        if report.release >= .v2302 { buffer.append(ascii: " MaxCPUsPerSocket=UNLIMITED") }
        text.breakLine(&buffer)
        buffer.wordOrNull("Nodes=") { report.cluster.append(hostlist: partition.nodes, to: &$0) }
        text.breakLine(&buffer)
    }

    private func appendPriority(_ partition: Partition, _ buffer: inout [UInt8]) {
        buffer.word("PriorityJobFactor=", partition.priorityJobFactor)
        buffer.word(" PriorityTier=", partition.priorityTier)
        buffer.word(" RootOnly=", is: partition.flags.contains(.rootOnly))
        buffer.word(" ReqResv=", is: partition.flags.contains(.requiresReservation))
        buffer.word(" OverSubscribe=") { $0.append(overSubscribeOf: partition, report.release) }
        text.breakLine(&buffer)
        buffer.word("OverTimeLimit=NONE PreemptMode=", fixed: partition.preempts ? "REQUEUE" : "OFF")
        text.breakLine(&buffer)
    }

    private func appendState(_ partition: Partition, _ buffer: inout [UInt8]) {
        buffer.append(ascii: "State=")
        buffer.append(contentsOf: partition.state.rawValue.utf8)
        buffer.word(" TotalCPUs=", partition.nodes.reduce(0) { $0 + Int(report.cluster.nodes[$1].cpus) })
        buffer.word(" TotalNodes=", partition.nodes.count)
        buffer.append(ascii: " SelectTypeParameters=NONE")
        text.breakLine(&buffer)
        buffer.append(ascii: "JobDefaults=(null)")
        text.breakLine(&buffer)
    }

    private func appendMemory(_ partition: Partition, _ buffer: inout [UInt8]) {
        if partition.defaultMemoryPerCPU.value == nil {
            buffer.append(ascii: "DefMemPerNode=UNLIMITED")
        } else {
            buffer.word("DefMemPerCPU=", limit: partition.defaultMemoryPerCPU)
        }
        if partition.maxMemoryPerCPU.value != nil {
            buffer.word(" MaxMemPerCPU=", limit: partition.maxMemoryPerCPU)
        } else {
            buffer.word(" MaxMemPerNode=", limit: partition.maxMemoryPerNode)
        }
        text.breakLine(&buffer)
    }

    /// There since 23.02 on clusters that save power.
    private func appendPowerSaving(_ buffer: inout [UInt8]) {
        guard report.release >= .v2302 else { return }
        text.breakLine(&buffer)
        buffer.append(
            ascii: "ResumeTimeout=GLOBAL SuspendTimeout=GLOBAL SuspendTime=GLOBAL PowerDownOnIdle=NO")
    }
}
