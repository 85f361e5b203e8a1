import SimulatedCluster

/// The tables of slurmctld that a client can ask for in whole.
extension Responder {
    func jobs() -> Answer {
        guarded("jobs") { query throws(BadQuery) in
            if query.isUnchanged(since: cluster.now) { return unchangedJobs(since: query.updateTime ?? .never) }
            return document(Reply(query, jobContent(query.shows) { _ in true }), shows: query.shows)
        }
    }

    func nodes() -> Answer {
        guarded("nodes") { query throws(BadQuery) in
            if query.isUnchanged(since: cluster.now) { return .notModified(dialect) }
            // slurmrestd asks for the partitions with the same time, and takes "no change" for a failure.
            if release < .v2605, query.isUnchanged(since: cluster.partitionsChanged) {
                throw BadQuery(status: 500, faults: [unqueriedPartitions])
            }
            return document(Reply(query, nodeContent(query.shows) { _ in true }), shows: query.shows)
        }
    }

    /// Hidden partitions are left out from v0.0.40 on unless ALL is asked for.
    func partitions() -> Answer {
        guarded("partitions", usual: []) { query throws(BadQuery) in
            if query.isUnchanged(since: cluster.partitionsChanged) { return .notModified(dialect) }
            let showsHidden = query.shows.contains(.all)
            return document(
                Reply(query, partitionContent { showsHidden || !$0.flags.contains(.hidden) }), shows: query.shows)
        }
    }

    func reservations() -> Answer {
        guarded("reservations") { query throws(BadQuery) in
            if query.isUnchanged(since: cluster.now) { return .notModified(dialect) }
            return document(Reply(query, reservationContent { _ in true }))
        }
    }

    func licenses() -> Answer {
        document(Reply(content: [.list("licenses", LicenseFields.all, cluster.licenses)] + lastUpdate(cluster.now)))
    }

    func shares() -> Answer {
        let names = (accounts: Set(query.list("accounts")), users: Set(query.list("users")))
        let rows = cluster.shares().filter { row in
            let association = cluster.associations[row.association]
            let account = cluster.accounts[association.account].name.repaired
            let user = association.user.exists ? cluster.users[association.user].name.repaired : nil
            return (names.accounts.isEmpty || names.accounts.contains(account))
                && (names.users.isEmpty || user.map { names.users.contains($0) } ?? true)
        }
        let total = rows.reduce(0) { $0 + Int($1.shares ?? 0) }
        return document(
            Reply(content: [
                .object(
                    "shares",
                    [.list("shares", ShareFields.all, rows), .value("total_shares") { $1.integer(total) }])
            ]))
    }

    func jobStates() -> Answer {
        do throws(BadQuery) {
            let wanted = try jobIDs("job_id")
            return document(
                Reply(content: [
                    jobList(JobStateFields.all) { job in
                        wanted.isEmpty || wanted.contains(job.id) || wanted.contains(job.arrayJob)
                    }
                ]))
        } catch {
            return document(Reply(status: error.status, errors: error.faults))
        }
    }
}

/// What the answers about many and about one have in common.
extension Responder {
    /// Revoked copies of jobs that another member of the federation runs only show when ALL is asked for.
    func jobContent(_ shows: ShowFlags, _ isWanted: @escaping @Sendable (Job) -> Bool) -> [Reply.Content] {
        let showsRevoked = shows.contains(.all)
        let last: [Reply.Content] =
            version >= .v40 ? [.time("last_backfill", cluster.statistics.backfillLastCycle)] : []
        let jobs = jobList(JobFields.all) { (showsRevoked || !$0.state.flags.contains(.revoked)) && isWanted($0) }
        return [jobs] + last + lastUpdate(cluster.now)
    }

    func jobList(_ fields: [Field<Job>], _ isWanted: @escaping @Sendable (Job) -> Bool) -> Reply.Content {
        .list("jobs", fields, positions: cluster.jobs.capacity) { position, cluster in
            cluster.jobs.element(at: position).flatMap { isWanted($0) ? $0 : nil }
        }
    }

    /// Nodes that are only planned don't show unless FUTURE is asked for.
    func nodeContent(_ shows: ShowFlags, _ isWanted: @escaping @Sendable (Node) -> Bool) -> [Reply.Content] {
        let list: Reply.Content = .list("nodes", NodeFields.all, positions: cluster.nodes.count) { position, cluster in
            let node = cluster.nodes[position]
            let isShown = node.state.base != .future || shows.contains(.future)
            return isShown && isWanted(node) ? node : nil
        }
        return [list] + lastUpdate(cluster.now)
    }

    func partitionContent(_ isWanted: (Partition) -> Bool) -> [Reply.Content] {
        let partitions = cluster.partitions.filter { $0.exists && isWanted($0) }
        return [.list("partitions", PartitionFields.all, partitions)] + lastUpdate(cluster.partitionsChanged)
    }

    func reservationContent(_ isWanted: (Reservation) -> Bool) -> [Reply.Content] {
        let reservations = cluster.reservations.filter { $0.exists && isWanted($0) }
        return [.list("reservations", ReservationFields.all, reservations)] + lastUpdate(cluster.now)
    }

    func lastUpdate(_ time: Timestamp) -> [Reply.Content] {
        version >= .v40 ? [.time("last_update", time)] : []
    }

    /// Answers a query or says what is wrong with it: up to v0.0.39 with an empty list, later without any.
    func guarded(
        _ list: String, usual: ShowFlags = .everything, _ answer: (TableQuery) throws(BadQuery) -> Answer
    ) -> Answer {
        do throws(BadQuery) {
            return try answer(tableQuery(usual: usual))
        } catch {
            return document(
                Reply(status: error.status, content: version <= .v39 ? [.nothing(list)] : [], errors: error.faults))
        }
    }
}

extension Responder {
    /// The trap of `update_time`: from v0.0.39 on an unchanged queue looks like an empty one.
    private func unchangedJobs(since time: Timestamp) -> Answer {
        guard version >= .v39 else { return .notModified(dialect) }
        let warning = Warning(
            description: "No job changes since update_time[\(time.seconds)]=\(time.seconds)", source: "op_handler_jobs")
        return document(Reply(content: emptyJobs, warnings: [warning]))
    }

    var emptyJobs: [Reply.Content] {
        let times: [Reply.Content] = [.time("last_backfill", .never), .time("last_update", .never)]
        return [.nothing("jobs")] + (version >= .v40 ? times : [])
    }

    private var unqueriedPartitions: Fault {
        Fault(
            description: "Unable to query partitions", number: 1900, error: "Data has not changed since time specified",
            source: "_dump_nodes", isBrief: version <= .v38)
    }
}

extension Reply {
    init(_ query: TableQuery, _ content: [Content]) {
        self.init(status: query.faults.isEmpty ? 200 : 500, content: content, errors: query.faults)
    }
}

extension Reply.Content {
    static func nothing(_ key: String) -> Reply.Content {
        .value(key) { $1.emptyList() }
    }
}
