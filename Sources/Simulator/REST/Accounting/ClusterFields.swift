import SimulatedCluster

/// `/slurmdb/v0.0.N/clusters`, in the order of the document.
enum ClusterFields {
    static let all: [Field<RegisteredCluster>] = [
        .text("controller/host") { record, _ in record.host },
        .integer("controller/port") { record, _ in record.port },
        .words("flags") { record, _ in record.isFederated ? ["FEDERATION"] : [] },
        .text("name") { record, _ in record.name },
        .string("nodes") { record, source, buffer in
            if record.isSelf { source.cluster.append(hostlist: Array(source.cluster.nodes.refs), to: &buffer) }
        },
        .constant("select_plugin", .upTo(.v38), text: "cons_tres"),
        .constant("select_plugin", .v39 ... .v44, text: "select/cons_tres").removed(in: .v2405) { $0.ascii("") },
        .null("associations/root", .upTo(.v38)),
        .value("associations/root", .since(.v39)) { record, source, writer in
            guard record.isSelf, let root = source.cluster.associations.first else { return writer.emptyObject() }
            writer.reference(to: root, source)
        },
        .integer("rpc_version") { _, source in source.release.protocolVersion },
        .value("tres") { record, source, writer in
            let counts = source.cluster.tres.enumerated().map { (tres: $0, count: $1.count ?? 0) }
            writer.tres(record.isSelf ? counts : [], source)
        },
    ]
}

/// `/slurmdb/v0.0.N/tres`, in the order of the document. Counts belong to clusters: here they are 0.
enum TRESFields {
    static let all: [Field<TRES>] = [
        .text("type") { tres, _ in tres.type },
        .record("name") { tres, _ in tres.name },
        .integer("id") { tres, _ in tres.id },
        .constant("count", integer: 0),
    ]
}
