/// Reads `sacctmgr --noheader --parsable2 show clusters format=…`.
struct ClusterColumns: TableColumns {
    typealias Record = ClusterRecord

    static let format = "Cluster,ControlHost,ControlPort,RPC,Flags,TRES"

    enum Column: UInt8, CaseIterable { case name, host, port, protocolVersion, flags, resources }

    private var cluster = ClusterRecord()

    mutating func take(_ column: Column, _ text: RawSpan, _ reading: inout Reading) {
        switch column {
        case .name: cluster.name = reading.symbol(text)
        case .host: cluster.controllerHost = reading.string(text)
        case .port: cluster.controllerPort = reading.count(text)
        case .protocolVersion: cluster.protocolVersion = reading.count(text)
        case .flags: cluster.flags = reading.names(text)
        case .resources: cluster.configured = reading.amounts(text)
        }
    }

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
