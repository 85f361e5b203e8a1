import SimulatedCluster

/// Questions about one record, which every release answers in its own way where there is none.
extension Responder {
    func job(_ text: String) -> Answer {
        guarded("jobs") { query throws(BadQuery) in
            guard let id = UInt32(text.prefix { $0.isNumber }) else { throw badParameter }
            let isWanted: @Sendable (Job) -> Bool = { $0.id == id || $0.arrayJob == id || $0.hetJob == id }
            guard cluster.jobs.contains(where: isWanted) else { return unknownJob(text) }
            var reply = Reply(query, jobContent(query.shows, isWanted))
            if text.contains("_"), version >= .v39 { reply.warnings.append(Self.noSingleTasks) }
            return document(reply, shows: query.shows)
        }
    }

    func node(_ name: String) -> Answer {
        guarded("nodes") { query throws(BadQuery) in
            let names = cluster.nodes.map { cluster.name(of: $0) }
            guard let index = names.firstIndex(of: name) else { return unknownNode(name) }
            let wanted = cluster.nodes[index].name
            let shows = query.shows.union(.future)
            return document(Reply(query, nodeContent(shows) { $0.name == wanted }), shows: shows)
        }
    }

    func partition(_ name: String) -> Answer {
        guarded("partitions", usual: .all) { query throws(BadQuery) in
            let wanted = name.lowercased()
            let isWanted: (Partition) -> Bool = { $0.name.repaired.lowercased() == wanted }
            guard cluster.partitions.contains(where: { $0.exists && isWanted($0) }) else {
                return unknownPartition(name)
            }
            return document(Reply(query, partitionContent(isWanted)), shows: query.shows)
        }
    }

    func reservation(_ name: String) -> Answer {
        guarded("reservations") { query throws(BadQuery) in
            let isWanted: (Reservation) -> Bool = { $0.name.repaired == name }
            guard cluster.reservations.contains(where: { $0.exists && isWanted($0) }) else {
                return unknownReservation(name)
            }
            return document(Reply(query, reservationContent(isWanted)))
        }
    }
}

extension Responder {
    private func unknownJob(_ id: String) -> Answer {
        let isLegacy = version <= .v38
        let fault = Fault(
            description: isLegacy ? "Unable to find JobId=\(id)" : "Unable to query JobId=\(id)", number: 2017,
            error: "Invalid job id specified", source: isLegacy ? "slurm_load_job" : "_handle_job_get")
        return document(Reply(status: release <= .v2302 ? 500 : 404, content: emptyJobs, errors: [fault]))
    }

    /// From release 23.02 on a success with an error whose number is 0.
    private func unknownNode(_ name: String) -> Answer {
        guard version >= .v39 else { return legacyUnknown("nodes", 2018, "Invalid node name specified") }
        let fault = Fault(
            description: "Failure to query node \(name)", number: 0, error: "No error", source: "_dump_nodes")
        return document(Reply(content: version == .v39 ? [.nothing("nodes")] : [], errors: [fault]))
    }

    private func unknownPartition(_ name: String) -> Answer {
        guard version >= .v39 else { return legacyUnknown("partitions", 2000, "Invalid partition name specified") }
        let text = "Unable to find partition \(name)"
        guard release <= .v2511 else {
            return document(Reply(warnings: [Warning(description: text, source: "op_handler_partition")]))
        }
        let fault = Fault(
            description: text, number: Fault.invalidQuery.number, error: Fault.invalidQuery.error,
            source: "op_handler_partition")
        return document(Reply(status: 422, content: version == .v39 ? [.nothing("partitions")] : [], errors: [fault]))
    }

    private func unknownReservation(_ name: String) -> Answer {
        guard version >= .v39 else { return legacyUnknown("reservations", 2053, "Requested reservation is invalid") }
        let fault = Fault(
            description: "Unable to find reservation \(name)", number: Fault.invalidQuery.number,
            error: Fault.invalidQuery.error, source: "op_handler_reservation")
        return document(Reply(status: 422, content: version == .v39 ? [.nothing("reservations")] : [], errors: [fault]))
    }

    private func legacyUnknown(_ list: String, _ number: Int, _ error: String) -> Answer {
        let fault = Fault(description: "", number: number, error: error, source: "", isBrief: true)
        return document(Reply(status: 500, content: [.nothing(list)], errors: [fault]))
    }

    private var badParameter: BadQuery {
        let fault = Fault(
            description: "Rejecting request. Failure parsing parameters", number: Fault.invalidQuery.number,
            error: Fault.invalidQuery.error, source: "op_handler_job")
        return BadQuery(status: version <= .v38 ? 500 : 422, faults: [fault])
    }

    private static let noSingleTasks = Warning(
        description:
            "Job array Ids are not currently supported for job searches. Showing all jobs in array instead.",
        source: "_handle_job_get")
}

extension Cluster {
    func name(of node: Node) -> String {
        var bytes: [UInt8] = []
        append(node.name, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
