/// Where a job can start.
struct Place {
    let partition: Ref<Partition>
    let shares: [NodeShare]
}

/// Finds nodes for jobs within one scheduling cycle.
///
/// It keeps what is free in a compact copy, and for each partition the requests that found no room: whatever asks for at
/// least as much finds none either, so most of a long queue costs a few comparisons each.
struct NodeSearch {
    private(set) var positions: [Int]
    private var rooms: [Room]
    private var refused: [[JobRequest]]
    private var firstBlocked: [Slot<Job>]

    private struct Room {
        var cpus: Int32
        /// MiB
        var memory: Int32
        var gpus: UInt64
        var isUntouched: Bool
        let reservation: Ref<Reservation>
    }

    init(cluster: Cluster, from positions: [Int]) {
        self.positions = positions
        refused = [[JobRequest]](repeating: [], count: cluster.partitions.count)
        firstBlocked = [Slot<Job>](repeating: .none, count: cluster.partitions.count)
        rooms = []
        rooms.reserveCapacity(cluster.nodes.count)
        for node in cluster.nodes { rooms.append(Self.room(of: node, in: cluster)) }
    }

    private static func room(of node: Node, in cluster: Cluster) -> Room {
        var state = node.state
        if node.reservation.exists { state.flags.remove(.reserved) }
        guard state.takesJobs, !node.isPinned else {
            return Room(cpus: 0, memory: 0, gpus: 0, isUntouched: false, reservation: node.reservation)
        }
        let memory = Int(node.memory) - Int(node.specializedMemory) - Int(node.allocatedMemory)
        let all = cluster.genericResources[node.generic].mask(of: .none)
        return Room(
            cpus: Int32(node.effectiveCPUs) - Int32(node.allocatedCPUs), memory: Int32(clamping: memory),
            gpus: all & ~node.gpusInUse, isUntouched: node.holders == 0, reservation: node.reservation)
    }

    /// The first of a job's partitions that has room, and the nodes in it.
    mutating func place(for job: Job, in cluster: Cluster) -> Place? {
        for partition in cluster.partitionLists[job.requestedPartitions] {
            guard cluster.partitions[partition].state == .up, cluster.partitions[partition].exists else { continue }
            if let shares = nodes(for: job, of: partition, in: cluster) {
                return Place(partition: partition, shares: shares)
            }
        }
        return nil
    }

    /// Whether no job before this one was blocked in a partition; remembers it as the first if so.
    mutating func isFirstBlocked(_ slot: Slot<Job>, in partition: Ref<Partition>) -> Bool {
        if !firstBlocked[partition.index].exists { firstBlocked[partition.index] = slot }
        return firstBlocked[partition.index] == slot
    }

    mutating func occupy(_ place: Place) {
        for share in place.shares {
            rooms[share.node.index].cpus -= Int32(share.cpus)
            rooms[share.node.index].memory -= Int32(share.memory)
            rooms[share.node.index].gpus &= ~share.gpus
            rooms[share.node.index].isUntouched = false
        }
    }

    private mutating func nodes(for job: Job, of partition: Ref<Partition>, in cluster: Cluster) -> [NodeShare]? {
        let inReservation = job.reservation.exists
        if !inReservation, refused[partition.index].contains(where: { job.request.asksAtLeast($0) }) { return nil }
        let all = cluster.partitions[partition].nodes
        var shares: [NodeShare] = []
        var position = positions[partition.index]
        for _ in all.indices {
            position = position + 1 < all.count ? position + 1 : 0
            if let share = share(of: all[position], for: job, in: cluster) { shares.append(share) }
            if shares.count == Int(job.request.nodes) {
                // The next search looks at this node again: it may have room left.
                positions[partition.index] = position == 0 ? all.count - 1 : position - 1
                return shares.sorted { $0.node < $1.node }
            }
        }
        if !inReservation { refuse(job.request, in: partition) }
        return nil
    }

    private mutating func refuse(_ request: JobRequest, in partition: Ref<Partition>) {
        refused[partition.index].removeAll { $0.asksAtLeast(request) }
        refused[partition.index].append(request)
    }

    private func share(of node: Ref<Node>, for job: Job, in cluster: Cluster) -> NodeShare? {
        let room = rooms[node.index]
        let request = job.request
        guard room.cpus >= Int32(request.cpusPerNode), room.cpus > 0, room.reservation == job.reservation,
            room.memory >= Int32(clamping: request.memoryPerNode), !request.exclusive || room.isUntouched
        else { return nil }
        var gpus: UInt64 = 0
        if request.gpusPerNode > 0 {
            let generic = cluster.genericResources[cluster.nodes[node].generic]
            gpus = (room.gpus & generic.mask(of: request.gpuType)).lowestBits(Int(request.gpusPerNode))
            guard gpus.nonzeroBitCount == Int(request.gpusPerNode) else { return nil }
        }
        return NodeShare(
            node: node, cpus: request.exclusive ? UInt32(room.cpus) : request.cpusPerNode,
            memory: UInt32(request.memoryPerNode), gpus: gpus)
    }
}

extension JobRequest {
    /// Whether all that this one asks for is at least what another asks for: it finds no room where that found none.
    fileprivate func asksAtLeast(_ other: JobRequest) -> Bool {
        nodes >= other.nodes && cpusPerNode >= other.cpusPerNode && memoryPerNode >= other.memoryPerNode
            && gpusPerNode >= other.gpusPerNode && (exclusive || !other.exclusive)
            && (other.gpusPerNode == 0 || other.gpuType == .none || gpuType == other.gpuType)
    }
}

extension UInt64 {
    /// As many of the lowest bits set as asked for, or all there are.
    fileprivate func lowestBits(_ count: Int) -> UInt64 {
        var rest = self
        for _ in 0..<count { rest &= rest &- 1 }
        return self & ~rest
    }
}
