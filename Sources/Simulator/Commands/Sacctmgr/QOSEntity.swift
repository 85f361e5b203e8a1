import SimulatedCluster

extension AccountingEntity where Record == QOS {
    static func qos(_ release: Release) -> Self {
        let first: Text =
            """
            Name,Prio,GraceT,Preempt,PreemptE,PreemptM,Flags%40,UsageThres,UsageFactor,GrpTRES,GrpTRESMins,\
            GrpTRESRunMins,GrpJ,GrpS,GrpW,MaxTRES,MaxTRESPerN,MaxTRESMins,MaxW,MaxTRESPerUser,MaxJobsPerUser,\
            MaxSubmitJobsPerUser,MaxTRESPerAcct,
            """
        let last: Text = "MaxJobsPerAcct,MaxSubmitJobsPerAcct,MinTRES"
        let middle: Text = release < .v2302 ? "" : "MaxTRESRunMinsPerAcct%22,MaxTRESRunMinsPerUser%22,"
        return Self(
            usual: Text(bytes: first.bytes + middle.bytes + last.bytes),
            writers: properties.merging(limits) { first, _ in first })
    }

    private static var properties: [String: Write] {
        [
            "Name": { qos, _, buffer in buffer.append(qos.name) },
            "ID": { qos, _, buffer in buffer.append(decimal: qos.id) },
            "Descr": { qos, _, buffer in buffer.append(qos.description) },
            "Priority": { qos, _, buffer in buffer.append(decimal: qos.priority) },
            "GraceTime": { qos, _, buffer in buffer.append(duration: qos.graceTime) },
            "Preempt": { qos, report, buffer in
                buffer.append(qos.preempts.map { report.cluster.qos[$0].name }.sorted()) { $1.append($0) }
            },
            "PreemptMode": { qos, _, buffer in
                let mode = qos.preemptMode == .disabled ? "cluster" : qos.preemptMode.rawValue.lowercased()
                buffer.append(contentsOf: mode.utf8)
            },
            "Flags": { qos, _, buffer in
                buffer.append(flagNames.filter { qos.flags.contains($0.flag) }) { $1.append(ascii: $0.name) }
            },
            "UsageThres": { qos, _, buffer in
                if let threshold = qos.usageThreshold { buffer.append(fixed: threshold, digits: 6) }
            },
            "UsageFactor": { qos, _, buffer in buffer.append(fixed: qos.usageFactor, digits: 6) },
        ]
    }

    /// As sacctmgr calls them, in its order.
    private static var flagNames: [(flag: QOSFlags, name: StaticString)] {
        [
            (.denyLimit, "DenyOnLimit"), (.partitionTimeLimit, "PartitionTimeLimit"),
            (.requiresReservation, "RequiresReservation"), (.overridesPartition, "OverPartQOS"),
            (.noReserve, "NoReserve"), (.noDecay, "NoDecay"),
        ]
    }

    private static var limits: [String: Write] {
        [
            "GrpTRES": { $2.append($0.limits.group, $1.cluster, memoryUnit: true) },
            "GrpTRESMins": { $2.append($0.limits.groupMinutes, $1.cluster) },
            "GrpJobs": { qos, _, buffer in buffer.append(setLimit: qos.limits.groupJobs) },
            "GrpSubmit": { qos, _, buffer in buffer.append(setLimit: qos.limits.groupSubmitted) },
            "GrpWall": { qos, _, buffer in buffer.append(minutes: qos.limits.groupWall) },
            "MaxTRES": { $2.append($0.limits.perJob, $1.cluster, memoryUnit: true) },
            "MaxTRESPerNode": { $2.append($0.limits.perNode, $1.cluster, memoryUnit: true) },
            "MaxTRESMins": { $2.append($0.limits.minutesPerJob, $1.cluster) },
            "MaxWall": { qos, _, buffer in buffer.append(setLimit: qos.limits.wall) },
            "MaxTRESPU": { $2.append($0.limits.perUser, $1.cluster, memoryUnit: true) },
            "MaxJobsPU": { qos, _, buffer in buffer.append(setLimit: qos.limits.jobs) },
            "MaxJobs": { qos, _, buffer in buffer.append(setLimit: qos.limits.jobs) },
            "MaxSubmitPU": { qos, _, buffer in buffer.append(setLimit: qos.limits.submitted) },
            "MaxSubmit": { qos, _, buffer in buffer.append(setLimit: qos.limits.submitted) },
            "MaxTRESPA": { $2.append($0.limits.perAccount, $1.cluster, memoryUnit: true) },
            "MaxJobsPA": { qos, _, buffer in buffer.append(setLimit: qos.limits.jobsPerAccount) },
            "MinTRES": { $2.append($0.limits.minPerJob, $1.cluster, memoryUnit: true) },
        ]
    }
}
