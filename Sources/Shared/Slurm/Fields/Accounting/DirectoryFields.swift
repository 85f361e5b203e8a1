/// Reads `/slurmdb/…/accounts`, v0.0.38 to v0.0.46.
struct AccountFields: RecordFields {
    static let place = RecordPlace(path: ["accounts"])

    private(set) var record = AccountRecord()

    enum Field: UInt8 { case name, description, organization, coordinators }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("description", .description), ("organization", .organization),
        ("coordinators", .coordinators),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .description: try reading.string(&record.description, text, start)
        case .organization: try reading.string(&record.organization, text, start)
        case .coordinators: try reading.named(&record.coordinators, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {}
}

/// Reads `/slurmdb/…/users`, v0.0.38 to v0.0.46.
struct UserFields: RecordFields {
    static let place = RecordPlace(path: ["users"])

    private(set) var record = UserRecord()
    private var levels: [Symbol] = []

    enum Field: UInt8 { case name, defaultAccount, defaultWorkloadKey, levels, coordinates }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("default.account", .defaultAccount), ("default.wckey", .defaultWorkloadKey),
        ("administrator_level", .levels), ("coordinators", .coordinates),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .defaultAccount: try reading.symbol(&record.defaultAccount, text, start)
        case .defaultWorkloadKey: try reading.symbol(&record.defaultWorkloadKey, text, start)
        case .levels: try reading.names(&levels, text, start)
        case .coordinates: try reading.named(&record.coordinates, text, start)
        }
    }

    mutating func complete(_ reading: inout Reading) {
        record.administratorLevel = levels.first ?? .empty
    }
}

/// Reads `/slurmdb/…/clusters`, v0.0.38 to v0.0.46.
struct ClusterFields: RecordFields {
    static let place = RecordPlace(path: ["clusters"])

    private(set) var record = ClusterRecord()

    enum Field: UInt8 { case name, host, port, nodeList, protocolVersion, selectPlugin, flags, configured }

    static let keys: [(key: StaticString, field: Field)] = [
        ("name", .name), ("controller.host", .host), ("controller.port", .port), ("nodes", .nodeList),
        ("rpc_version", .protocolVersion), ("select_plugin", .selectPlugin), ("flags", .flags), ("tres", .configured),
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch field {
        case .name: try reading.symbol(&record.name, text, start)
        case .host: try reading.string(&record.controllerHost, text, start)
        case .port: try reading.count(&record.controllerPort, text, start)
        case .nodeList: try reading.string(&record.nodeList, text, start)
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

extension Reading {
    /// Reads the names of a list of objects.
    fileprivate mutating func named(_ names: inout [Symbol], _ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        names.removeAll(keepingCapacity: true)
        guard try text.byte(start) == .openBracket else { return try skipNull(text, start) }
        return try elements(text, start) { reading, text, at throws(JSONStop) in
            try reading.object(text, at) { reading, key, text, at throws(JSONStop) in
                guard key.hasSameBytes(as: "name") else { return try text.skipValue(at) }
                return try reading.text(text, at) { names.append($0.intern($1)) }
            }
        }
    }
}
