import SimulatedCluster

/// An association and its place in the tree: numbers before and after all below it.
struct AssociationLine {
    let association: Association
    var left = 0
    var right = 0
}

extension AccountingEntity where Record == AssociationLine {
    static var associations: Self {
        Self(
            usual: """
                Cluster,Account,User,Part,Share,Priority,GrpJ,GrpTRES,GrpS,GrpWall,GrpTRESMins,MaxJ,MaxTRES,\
                MaxTRESPerN,MaxS,MaxW,MaxTRESMins,QOS,DefaultQOS,GrpTRESRunMins
                """,
            writers: owners.merging(limits) { first, _ in first })
    }

    private static var owners: [String: Write] {
        [
            "Cluster": { $2.append($1.cluster.parameters.name) },
            "Account": { $2.append($1.cluster.accounts[$0.association.account].name) },
            "User": { line, report, buffer in
                guard line.association.user.exists else { return }
                report.cluster.append(nameOrNumberOf: line.association.user, to: &buffer)
            },
            "Partition": { line, report, buffer in
                let partition = line.association.partition
                if partition.exists { buffer.append(report.cluster.partitions[partition].name) }
            },
            "Share": { line, _, buffer in
                if let shares = line.association.shares {
                    buffer.append(decimal: shares)
                } else {
                    buffer.append(ascii: "parent")
                }
            },
            "ID": { line, _, buffer in buffer.append(decimal: line.association.id) },
            "ParentID": { line, report, buffer in
                guard line.association.parent.exists else { return }
                buffer.append(decimal: report.cluster.associations[line.association.parent].id)
            },
            "ParentName": { line, report, buffer in
                guard line.association.parent.exists, !line.association.user.exists else { return }
                let parent = report.cluster.associations[line.association.parent]
                buffer.append(report.cluster.accounts[parent.account].name)
            },
            "LFT": { line, _, buffer in buffer.append(decimal: line.left) },
            "RGT": { line, _, buffer in buffer.append(decimal: line.right) },
            "Lineage": { $1.append(lineageOf: $0.association, to: &$2) },
            "QOS": { line, report, buffer in
                buffer.append(line.association.qos.map { report.cluster.qos[$0].name }.sorted()) { $1.append($0) }
            },
            "QOS_RAW": { line, report, buffer in
                buffer.append(line.association.qos) { $1.append(decimal: report.cluster.qos[$0].id) }
            },
            "Def QOS": { line, report, buffer in
                let qos = line.association.defaultQOS
                if qos.exists { buffer.append(report.cluster.qos[qos].name) }
            },
            "Priority": { line, _, buffer in buffer.append(setLimit: line.association.priority) },
            "Comment": { line, _, buffer in buffer.append(line.association.comment) },
        ]
    }

    private static var limits: [String: Write] {
        [
            "GrpJobs": { $2.append(setLimit: $1.limits(of: $0).groupJobs) },
            "GrpTRES": { $2.append($1.limits(of: $0).group, $1.cluster, memoryUnit: true) },
            "GrpSubmit": { $2.append(setLimit: $1.limits(of: $0).groupSubmitted) },
            "GrpWall": { $2.append(minutes: $1.limits(of: $0).groupWall) },
            "GrpTRESMins": { $2.append($1.limits(of: $0).groupMinutes, $1.cluster) },
            "MaxJobs": { $2.append(setLimit: $1.limits(of: $0).jobs) },
            "MaxTRES": { $2.append($1.limits(of: $0).perJob, $1.cluster, memoryUnit: true) },
            "MaxTRESPerNode": { $2.append($1.limits(of: $0).perNode, $1.cluster, memoryUnit: true) },
            "MaxSubmit": { $2.append(setLimit: $1.limits(of: $0).submitted) },
            "MaxWall": { $2.append(setLimit: $1.limits(of: $0).wall) },
            "MaxTRESMins": { $2.append($1.limits(of: $0).minutesPerJob, $1.cluster) },
        ]
    }
}

extension Report {
    fileprivate func limits(of line: AssociationLine) -> Limits { cluster.limits[line.association.limits] }

    /// Appends `/physics/hep/0-alice/`, the way from the root.
    fileprivate func append(lineageOf association: Association, to buffer: inout [UInt8]) {
        if association.parent.exists {
            append(lineageOf: cluster.associations[association.parent], to: &buffer)
        } else {
            buffer.append(UInt8(ascii: "/"))
        }
        guard association.parent.exists || association.user.exists else { return }
        if association.user.exists {
            buffer.append(ascii: "0-")
            cluster.append(nameOrNumberOf: association.user, to: &buffer)
        } else {
            buffer.append(cluster.accounts[association.account].name)
        }
        buffer.append(UInt8(ascii: "/"))
    }
}

extension Cluster {
    /// All associations in the order of their tree, numbered as nested sets.
    func associationLines() -> [AssociationLine] {
        let order = treeOrder()
        let depths = depths()
        var lines: [AssociationLine] = []
        var open: [(line: Int, depth: Int)] = []
        var number = 0
        for position in order {
            while let last = open.last, last.depth >= depths[position] {
                number += 1
                lines[last.line].right = number
                open.removeLast()
            }
            number += 1
            open.append((lines.count, depths[position]))
            lines.append(AssociationLine(association: associations[Ref<Association>(position)], left: number))
        }
        for last in open.reversed() {
            number += 1
            lines[last.line].right = number
        }
        return lines
    }
}
