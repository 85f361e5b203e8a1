import SimulatedCluster

/// `/slurm/v0.0.N/shares`, in the order of the document.
enum ShareFields {
    static let all: [Field<ShareRow>] = [
        .integer("id") { $1.id(of: $0.association) },
        .text("cluster") { $1.cluster.parameters.name },
        .text("name") { row, source in
            let association = source.cluster.associations[row.association]
            return association.user.exists ? source.name(of: association.user) : source.name(of: association.account)
        },
        .text("parent") { row, source in
            let association = source.cluster.associations[row.association]
            if association.user.exists { return source.name(of: association.account) }
            return association.parent.exists
                ? source.name(of: source.cluster.associations[association.parent].account) : .empty
        },
        .text("partition") { $1.name(of: $1.cluster.associations[$0.association].partition) },
        .fraction("shares_normalized") { row, _ in row.normalizedShares },
        .number("shares") { row, _ in row.shares.map { .value(Int($0)) } ?? .infinite },
        .value("tres/run_seconds") { row, source, writer in
            let held = source.cluster.associations[row.association].usage.held
            writer.tresList(source) { $1.number(.value(held.amount(of: $0) * Cluster.secondsLeft)) }
        },
        .value("tres/group_minutes") { row, source, writer in
            let limits = source.cluster.limits[source.cluster.associations[row.association].limits].groupMinutes
            writer.limitList(source.tres(limits), source)
        },
        .double("effective_usage", .upTo(.v41)) { row, _ in row.effectiveUsage },
        .fraction("effective_usage", .since(.v42)) { row, _ in row.effectiveUsage },
        .fraction("usage_normalized") { row, _ in row.normalizedUsage },
        .integer("usage") { row, _ in Int(row.usage) },
        .value("tres/usage") { row, source, writer in
            let used = Resources(cpus: Int(row.usage))
            writer.tresList(source) { $1.double(Double(used.amount(of: $0))) }
        },
        .double("fairshare/factor", .upTo(.v41)) { row, _ in row.factor ?? 0 },
        .fraction("fairshare/factor", .since(.v42)) { row, _ in row.factor ?? 0 },
        .double("fairshare/level", .upTo(.v41)) { row, _ in row.level },
        .fraction("fairshare/level", .since(.v42)) { row, _ in row.level },
        .words("type") { $1.cluster.associations[$0.association].user.exists ? ["USER"] : ["ASSOCIATION"] },
    ]
}

extension JSONWriter {
    /// A list of `{name, value}` for all resources that accounting tracks.
    fileprivate mutating func tresList(_ source: Source, _ value: (TRES, inout JSONWriter) -> Void) {
        list(source.cluster.tres) { tres, writer in
            writer.object { writer in
                writer.key("name")
                writer.string { $0.append(nameOf: tres) }
                writer.key("value")
                value(tres, &writer)
            }
        }
    }
}

extension JSONWriter {
    /// The same with a limit for each; those that aren't set are infinite.
    fileprivate mutating func limitList(_ limits: [TRESCount], _ source: Source) {
        list(source.cluster.tres.enumerated()) { entry, writer in
            writer.object { writer in
                writer.key("name")
                writer.string { $0.append(nameOf: entry.element) }
                writer.key("value")
                let limit = limits.first { $0.tres == entry.offset }?.count
                writer.number(limit.map { .value($0) } ?? .infinite)
            }
        }
    }
}

extension [UInt8] {
    /// Appends `cpu`, `gres/gpu`.
    mutating func append(nameOf tres: TRES) {
        append(tres.type)
        guard !tres.name.isEmpty else { return }
        append(UInt8(ascii: "/"))
        append(tres.name)
    }
}
