import SimulatedCluster

/// A row of sshare: an association, and how deep it is in the tree.
struct ShareLine {
    let row: ShareRow
    let association: Association
    let depth: Int
}

/// What sshare can say of an association.
enum ShareFields {
    static let usual: Text = "Account,User,RawShares,NormShares,RawUsage,EffectvUsage,FairShare"
    static let long: Text =
        "Account,User,RawShares,NormShares,RawUsage,NormUsage,EffectvUsage,FairShare,LevelFS,GrpTRESMins,TRESRunMins"

    static let all: [TableField<ShareLine>] = [
        TableField("Account", -20) { line, report, buffer in
            buffer.append(contentsOf: repeatElement(UInt8(ascii: " "), count: line.depth))
            buffer.append(report.cluster.accounts[line.association.account].name)
        },
        TableField("Cluster", 10) { $2.append($1.cluster.parameters.name) },
        TableField("EffectvUsage", 13, isCut: false) { line, _, buffer in
            buffer.append(fixed: line.row.effectiveUsage, digits: 6)
        },
        TableField("FairShare", 10, isCut: false) { line, _, buffer in
            if let factor = line.row.factor { buffer.append(fixed: factor, digits: 6) }
        },
        TableField("GrpTRESMins", 30) { line, report, buffer in
            buffer.append(report.cluster.limits[line.association.limits].groupMinutes, report.cluster)
        },
        TableField("GrpTRESRaw", 30) { line, report, buffer in
            buffer.append(Resources(cpus: Int(line.row.usage) / 60), report.cluster)
        },
        TableField("ID", 6, isCut: false) { line, _, buffer in buffer.append(decimal: line.association.id) },
        TableField("LevelFS", 10, isCut: false) { line, _, buffer in
            guard line.association.parent.exists, line.row.shares != nil else { return }
            buffer.append(fixed: line.row.level, digits: 6)
        },
        TableField("NormShares", 11, isCut: false) { line, _, buffer in
            buffer.append(fixed: line.association.parent.exists ? line.row.normalizedShares : 0, digits: 6)
        },
        TableField("NormUsage", 11, isCut: false) { line, _, buffer in
            if line.association.parent.exists { buffer.append(fixed: line.row.normalizedUsage, digits: 6) }
        },
        TableField("Partition", 12) { line, report, buffer in
            let partition = line.association.partition
            if partition.exists { buffer.append(report.cluster.partitions[partition].name) }
        },
        TableField("RawShares", 10, isCut: false) { line, _, buffer in
            guard line.association.parent.exists else { return }
            if let shares = line.row.shares { buffer.append(decimal: shares) } else { buffer.append(ascii: "parent") }
        },
        TableField("RawUsage", 11, isCut: false) { line, _, buffer in buffer.append(decimal: line.row.usage) },
        TableField("TRESRunMins", 30) { line, report, buffer in
            buffer.append(line.association.usage.held, report.cluster, times: Cluster.secondsLeft / 60)
        },
        TableField("User", 10) { line, report, buffer in
            guard line.association.user.exists else { return }
            report.cluster.append(nameOrNumberOf: line.association.user, to: &buffer)
        },
    ]
}

extension [UInt8] {
    /// Appends limits on trackable resources that are set: `cpu=100,gres/gpu=4`.
    mutating func append(_ limits: ResourceLimits, _ cluster: Cluster, memoryUnit: Bool = false) {
        let set: [(StaticString, Limit)] = [
            ("cpu=", limits.cpus), ("mem=", limits.memory), ("node=", limits.nodes), ("billing=", limits.billing),
            ("gres/gpu=", limits.gpus),
        ]
        append(set.filter { $0.1.value != nil }) { entry, buffer in
            buffer.append(ascii: entry.0)
            let value = entry.1.value ?? 0
            if memoryUnit, entry.1 == limits.memory, "\(entry.0)" == "mem=" {
                buffer.append(Double(value), keptIn: .mega)
            } else {
                buffer.append(decimal: value)
            }
        }
    }

    /// Appends all tracked resources.
    fileprivate mutating func append(_ resources: Resources, _ cluster: Cluster, times factor: Int = 1) {
        append(cluster.tres) { tres, buffer in
            buffer.append(tres.type)
            if !tres.name.isEmpty {
                buffer.append(UInt8(ascii: "/"))
                buffer.append(tres.name)
            }
            buffer.append(UInt8(ascii: "="))
            buffer.append(decimal: resources.amount(of: tres) * factor)
        }
    }
}
