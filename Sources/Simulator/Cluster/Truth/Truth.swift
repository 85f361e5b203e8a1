/// What there is to know about a cluster at one step, counted from the model itself: what any exporter's numbers can be
/// judged by.
///
/// Names are repaired to UTF-8. Lists are in the order of the cluster's tables.
public struct Truth: Codable, Sendable {
    public let step: Int
    public let time: Timestamp
    /// Each once.
    public let nodes: NodeTotals
    public let futureNodes: Int
    /// Each once.
    public let jobs: JobTotals
    public let partitions: [PartitionTruth]
    /// Each node that is listed.
    public let nodeStates: [NodeStateTruth]
    /// Nodes that are in no partition.
    public let homelessNodes: NodeTotals
    /// By user name, or uid where the host knows no name. Each job once.
    public let users: [OwnerTruth]
    /// Jobs without an account under "".
    public let accounts: [OwnerTruth]
    /// Jobs without a QOS under "".
    public let qos: [OwnerTruth]
    public let events: EventsTruth
    public let reservations: [ReservationTruth]
    public let licenses: [LicenseTruth]
    public let shares: [ShareTruth]
    public let associations: [UsageTruth]
    public let qosUsage: [UsageTruth]
    public let diag: DiagTruth
    public let accounting: AccountingTruth
    public let database: DatabaseTruth
    public let tres: [TrackedTruth]

    public init(_ cluster: Cluster) {
        let census = Census(cluster)
        step = cluster.step
        time = cluster.now
        nodes = census.nodes
        futureNodes = census.futureNodes
        jobs = census.jobs
        partitions = census.partitions
        nodeStates = cluster.nodes.filter { $0.state.base != .future }.map { NodeStateTruth($0, in: cluster) }
        homelessNodes = census.homelessNodes
        users = census.owners(census.users, cluster.users, name: \.label)
        accounts = census.owners(census.accounts, cluster.accounts) { $0.name.repaired }
        qos = census.owners(census.qos, cluster.qos) { $0.name.repaired }
        events = EventsTruth(cluster)
        reservations = cluster.reservations.filter(\.exists).map { ReservationTruth($0, in: cluster) }
        licenses = cluster.licenses.map { LicenseTruth($0) }
        shares = cluster.shares().map { ShareTruth($0, in: cluster) }
        associations = cluster.associations.map { UsageTruth($0, in: cluster) }
        qosUsage = cluster.qos.map { UsageTruth($0) }
        diag = DiagTruth(cluster.statistics, in: cluster)
        accounting = AccountingTruth(cluster)
        database = DatabaseTruth(cluster.database, in: cluster)
        tres = cluster.tres.map { TrackedTruth($0) }
    }
}

public struct NodeStateTruth: Codable, Sendable {
    public let name: String
    /// Effective (`NodeEffectiveState`).
    public let state: String
    /// The first of its partitions by name; "" for none.
    public let home: String
    public let gpus: Int

    init(_ node: Node, in cluster: Cluster) {
        var name: [UInt8] = []
        cluster.append(node.name, to: &name)
        self.name = String(decoding: name, as: UTF8.self)
        state = node.state.effective.rawValue
        let partition = cluster.home(of: node)
        home = partition.exists ? cluster.partitions[partition].name.repaired : ""
        gpus = cluster.resources(of: node).gpus
    }
}

extension User {
    /// Its name, or its number where the host knows no name.
    var label: String { name.isEmpty ? "\(uid)" : name.repaired }
}

/// A partition that is listed, or that jobs name although it was deleted.
public struct PartitionTruth: Codable, Sendable {
    public let name: String
    public let exists: Bool
    public let isHidden: Bool
    public let state: String
    /// A node counts in every partition it is in.
    public var naturalNodes = NodeTotals()
    /// A node counts in the first of its partitions by name.
    public var homeNodes = NodeTotals()
    /// A waiting job counts in every partition it may start in.
    public var naturalJobs = JobTotals()
    /// A job counts in the partition it runs in, or the first it may start in.
    public var homeJobs = JobTotals()

    init(_ partition: Partition) {
        name = partition.name.repaired
        exists = partition.exists
        isHidden = partition.flags.contains(.hidden)
        state = partition.state.rawValue
    }
}

/// The jobs of a user, an account or a QOS.
public struct OwnerTruth: Codable, Sendable {
    public let name: String
    public let jobs: JobTotals
}
