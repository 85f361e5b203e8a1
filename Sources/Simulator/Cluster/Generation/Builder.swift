import ServiceRuntime

/// Makes a cluster's unchanging parts, in the order in which they refer to each other.
struct Builder {
    var cluster: Cluster
    var random: SeededGenerator

    init(cluster: Cluster, random: SeededGenerator) {
        self.cluster = cluster
        self.random = random
    }

    init(parameters: Parameters) {
        cluster = Cluster(parameters: parameters)
        random = SeededGenerator(seed: parameters.seed)
    }

    mutating func build() {
        buildHardware()
        buildPartitions()
        buildAccounting()
        buildLicenses()
        buildReservations()
        buildControllers()
        assignPartitionsToNodes()
    }

    mutating func intern(_ text: Text) -> Ref<Text> {
        cluster.texts.intern(text)
    }

    private mutating func buildControllers() {
        cluster.controllers = [
            Controller(host: "ctl1", isResponding: true, rank: 0, latency: 310),
            Controller(host: "ctl2", isResponding: true, rank: 1, latency: 480),
            Controller(host: "ctl3", isResponding: false, rank: 2, latency: 1_000_000),
        ]
        guard cluster.parameters.isFederated else { return }
        cluster.federation = [
            FederationMember(
                id: 1, name: cluster.parameters.name, host: "ctl1", port: 6817, isSelf: true, state: "ACTIVE"),
            FederationMember(id: 2, name: "sibling-a", host: "a-ctl1", port: 6817, isSelf: false, state: "ACTIVE"),
            FederationMember(
                id: 3, name: "sibling-b", host: "b-ctl1", port: 6817, isSelf: false, state: "DRAIN+REMOVE"),
        ]
    }

    private mutating func buildLicenses() {
        let names: [Text] = ["matlab", "ansys", "comsol@flexserver", "abaqus", "gurobi", "lsdyna", "vasp", "starccm"]
        for index in 0..<max(1, cluster.parameters.licenses) {
            let name = index < names.count ? names[index] : Text(bytes: Array("feature\(index)".utf8))
            var license = License(name: name, total: max(4, cluster.parameters.jobs / 40) * (index + 1))
            license.isRemote = name.bytes.contains(UInt8(ascii: "@"))
            license.lastUpdate = license.isRemote ? cluster.now - 120 : .never
            license.lastConsumed = license.isRemote ? license.total / 3 : 0
            cluster.licenses.append(license)
        }
    }

    private mutating func buildReservations() {
        let nodes = (0..<cluster.parameters.nodes).map { Ref<Node>($0) }
        for index in 0..<cluster.parameters.reservations where nodes.count >= 8 {
            let share = max(1, nodes.count / 40)
            let first = random.below(nodes.count - share)
            let begins = cluster.now + [-3600, 7200, -86_400, 604_800][index % 4]
            let kind: ReservationFlags =
                index % 4 == 1 ? [.maintenance, .ignoreJobs, .specificNodes] : [.specificNodes]
            var reservation = Reservation(
                name: Text(bytes: Array("reservation-\(index + 1)".utf8)), start: begins,
                end: begins + [28_800, 14_400, 2_592_000, 86_400][index % 4], flags: kind)
            reservation.nodes = Array(nodes[first..<(first + share)])
            reservation.accounts = [Ref(1 + index % max(1, cluster.accounts.count - 1))]
            reservation.users = index % 2 == 0 ? [Ref(index % cluster.users.count)] : []
            cluster.reservations.append(reservation)
        }
    }

    private mutating func assignPartitionsToNodes() {
        cluster.assignPartitionsToNodes()
    }
}

extension Cluster {
    /// Brings every node's list of partitions in line with the partitions' lists of nodes.
    mutating func assignPartitionsToNodes() {
        var lists = [PartitionList](repeating: [], count: nodes.count)
        for partition in partitions.refs where partitions[partition].exists {
            for node in partitions[partition].nodes { lists[node.index].append(partition) }
        }
        for node in nodes.refs {
            let list = lists[node.index]
            let ref: Ref<PartitionList> = list.isEmpty ? .none : partitionLists.intern(list)
            if nodes[node].partitions != ref { nodes[node].partitions = ref }
        }
    }
}
