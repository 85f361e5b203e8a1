/// Reads `sacctmgr --noheader --parsable2 show clusters format=…`.
struct ClusterColumns: TableColumns {
    typealias Record = ClusterRecord

    static let format = "Cluster,ControlHost,ControlPort,RPC,Flags,Federation,TRES"

    enum Column: UInt8, CaseIterable { case name, host, port, protocolVersion, flags, federation, resources }

    private var cluster = ClusterRecord()

    mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .name: cluster.name = reading.symbol(text)
        case .host: cluster.controllerHost = reading.string(text)
        case .port: cluster.controllerPort = reading.count(text)
        case .protocolVersion: cluster.protocolVersion = reading.count(text)
        case .flags: takeFlags(text, &reading)
        case .federation: if !text.isNull { cluster.flags.append(reading.symbols.intern("FEDERATION")) }
        case .resources: cluster.configured = reading.amounts(text)
        }
    }

    private mutating func takeFlags(_ text: RawSpan, _ reading: inout Reading) {
        guard !text.isUnset else { return }
        text.split(.comma) { flag in
            let word = Self.flags.first { flag.isWord($0.name) }?.word
            cluster.flags.append(word.map { reading.symbols.intern("\($0)") } ?? reading.intern(flag))
        }
    }

    /// As sacctmgr calls them, and as slurmrestd does.
    private static let flags: [(name: StaticString, word: StaticString)] = [
        ("frontend", "FRONT_END"), ("multipleslurmd", "MULTIPLE_SLURMD"), ("cray", "CRAY_NATIVE"),
        ("external", "EXTERNAL"), ("registering", "REGISTERING"),
    ]

    mutating func complete(_ reading: inout Reading) -> ClusterRecord? { cluster.name.isEmpty ? nil : cluster }
}

/// Reads `sacctmgr --noheader --parsable2 show tres format=…`.
struct TrackedResourceColumns: TableColumns {
    typealias Record = TrackedResourceRecord

    static let format = "Type,Name,ID"

    enum Column: UInt8, CaseIterable { case type, name, id }

    private var resource = TrackedResourceRecord()

    mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .type: resource.type = reading.symbol(text)
        case .name: resource.name = reading.symbol(text)
        case .id: resource.id = reading.count(text)
        }
    }

    mutating func complete(_ reading: inout Reading) -> TrackedResourceRecord? {
        resource.type.isEmpty ? nil : resource
    }
}

/// Reads `sacctmgr --noheader --parsable2 show wckeys format=…`.
struct WorkloadKeyColumns: TableColumns {
    typealias Record = WorkloadKeyRecord

    static let format = "ID,Cluster,User,WCKey"

    enum Column: UInt8, CaseIterable { case id, cluster, user, name }

    private var key = WorkloadKeyRecord()

    mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .id: key.id = reading.count(text)
        case .cluster: key.cluster = reading.symbol(text)
        case .user: key.user = reading.symbol(text)
        case .name: key.name = reading.symbol(text)
        }
    }

    mutating func complete(_ reading: inout Reading) -> WorkloadKeyRecord? { key }
}
