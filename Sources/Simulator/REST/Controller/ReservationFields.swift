import SimulatedCluster

/// `/slurm/v0.0.N/reservations`, in the order of the document.
enum ReservationFields {
    static let all: [Field<Reservation>] = [
        .value("flags", .upTo(.v38)) { $2.flags(of: $0) },
        .string("accounts") { $1.append($0.accounts, to: &$2) },
        .text("burst_buffer") { reservation, _ in reservation.burstBuffer },
        .integer("core_count") { $1.cores(of: $0) },
        .constant("core_spec_cnt", .upTo(.v38), integer: 0),
        .constant("core_specializations", .since(.v39), words: []),
        .time("end_time") { reservation, _ in reservation.end },
        .text("features") { reservation, _ in reservation.features },
        .value("flags", .since(.v39)) { $2.flags(of: $0) },
        .empty("groups"),
        .string("licenses") { $1.cluster.append($0.licenses, to: &$2) },
        .integer("max_start_delay") { reservation, _ in reservation.maxStartDelay },
        .text("name") { reservation, _ in reservation.name },
        .integer("node_count") { reservation, _ in reservation.nodes.count },
        .string("node_list") { $1.cluster.append(hostlist: $0.nodes, to: &$2) },
        .text("partition") { $1.name(of: $0.partition) },
        .optional("purge_completed", .upTo(.v38), { reservation, _ in reservation.purgeAfter != nil }) {
            reservation, _, writer in
            writer.object { $0.member("time", reservation.purgeAfter ?? 0) }
        },
        .number("purge_completed/time", .since(.v39)) { reservation, _ in Number(reservation.purgeAfter) },
        .time("start_time") { reservation, _ in reservation.start },
        .constant("watts", .upTo(.v38), integer: 4_294_967_294),
        .constant("watts", .v39 ... .v44, number: .unset).removed(in: .v2405) { $0.emptyObject() },
        .string("tres") { reservation, source, buffer in
            guard !reservation.nodes.isEmpty else { return }
            buffer.append(ascii: "cpu=")
            buffer.append(decimal: reservation.nodes.reduce(0) { $0 + Int(source.cluster.nodes[$1].cpus) })
        },
        .string("users") { reservation, source, buffer in
            buffer.append(reservation.users) { $1.append(source.name(of: $0)) }
        },
    ]
}

extension Source {
    func cores(of reservation: Reservation) -> Int {
        reservation.nodes.reduce(0) { sum, ref in
            let node = cluster.nodes[ref]
            return sum + Int(node.sockets) * Int(node.coresPerSocket)
        }
    }
}

extension JSONWriter {
    mutating func flags(of reservation: Reservation) {
        list(ReservationFlags.names.filter { reservation.flags.contains($0.flag) }) { $1.ascii($0.name) }
    }
}
