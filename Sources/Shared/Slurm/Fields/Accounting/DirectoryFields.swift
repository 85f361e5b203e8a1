/// Reads `/slurmdb/…/clusters`, v0.0.38 to v0.0.46.
struct ClusterFields: RecordFields {
    static let place = RecordPlace(path: ["clusters"])

    private(set) var record = ClusterRecord()

    enum Field: UInt8 { case name, host, port, protocolVersion, selectPlugin, flags, configured }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("controller.host", .host), ("controller.port", .port),
        ("rpc_version", .protocolVersion), ("select_plugin", .selectPlugin), ("flags", .flags), ("tres", .configured),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .host: try reading.string(&record.controllerHost, text, start)
        case .port: try reading.count(&record.controllerPort, text, start)
        case .protocolVersion: try reading.count(&record.protocolVersion, text, start)
        case .selectPlugin: try reading.string(&record.selectPlugin, text, start)
        case .flags: try reading.names(&record.flags, text, start)
        case .configured: try reading.amounts(&record.configured, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {}
}

/// Reads `/slurmdb/…/tres`, v0.0.38 to v0.0.46.
struct TrackedResourceFields: RecordFields {
    static let place = RecordPlace(path: ["tres"])

    private(set) var record = TrackedResourceRecord()

    enum Field: UInt8 { case id, type, name }

    static let keys: [(key: StaticString, field: Field)] = [("id", .id), ("type", .type), ("name", .name)]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .id: try reading.count(&record.id, text, start)
        case .type: try reading.symbol(&record.type, text, start)
        case .name: try reading.symbol(&record.name, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {}
}

/// Reads `/slurmdb/…/wckeys`, v0.0.38 to v0.0.46.
struct WorkloadKeyFields: RecordFields {
    static let place = RecordPlace(path: ["wckeys"])

    private(set) var record = WorkloadKeyRecord()

    enum Field: UInt8 { case id, name, user, cluster }

    static let keys: [(key: StaticString, field: Field)] = [
        ("id", .id), ("name", .name), ("user", .user), ("cluster", .cluster),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .id: try reading.count(&record.id, text, start)
        case .name: try reading.symbol(&record.name, text, start)
        case .user: try reading.symbol(&record.user, text, start)
        case .cluster: try reading.symbol(&record.cluster, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {}
}
