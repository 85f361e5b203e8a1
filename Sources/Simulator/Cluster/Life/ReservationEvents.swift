extension Simulation {
    /// Marks the nodes of reservations that have begun, and lets go of those that have ended; repeating ones move on.
    mutating func updateReservations() {
        for ref in cluster.reservations.refs {
            let reservation = cluster.reservations[ref]
            if reservation.exists, reservation.end <= cluster.now { expire(ref) }
            mark(ref, isActive: cluster.reservations[ref].isActive(at: cluster.now))
        }
        reserveLicenses()
    }

    mutating func reserveLicenses() {
        for license in cluster.licenses.indices { cluster.licenses[license].reserved = 0 }
        for reservation in cluster.reservations where reservation.isActive(at: cluster.now) {
            for entry in reservation.licenses { cluster.licenses[entry.license].reserved += entry.count }
        }
    }

    private mutating func expire(_ ref: Ref<Reservation>) {
        let length = cluster.reservations[ref].end - cluster.reservations[ref].start
        guard !cluster.reservations[ref].flags.isDisjoint(with: [.daily, .weekly]) else {
            cluster.reservations[ref].exists = false
            return
        }
        let period = cluster.reservations[ref].flags.contains(.daily) ? 86_400 : 604_800
        cluster.reservations[ref].start = cluster.reservations[ref].start + period
        cluster.reservations[ref].end = cluster.reservations[ref].start + length
    }

    private mutating func mark(_ ref: Ref<Reservation>, isActive: Bool) {
        let flags: NodeState.Flags =
            cluster.reservations[ref].flags.contains(.maintenance) ? [.reserved, .maintenance] : .reserved
        for node in cluster.reservations[ref].nodes {
            let current = cluster.nodes[node].reservation
            if isActive, !current.exists, !cluster.nodes[node].isPinned {
                cluster.nodes[node].reservation = ref
                cluster.nodes[node].state.flags.formUnion(flags)
            } else if !isActive, current == ref {
                cluster.nodes[node].reservation = .none
                cluster.nodes[node].state.flags.subtract([.reserved, .maintenance])
            }
        }
    }
}
