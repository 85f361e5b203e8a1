import SimulatedCluster

/// What the accounting database is asked for.
extension Responder {
    func accounting(_ endpoint: Endpoint.Accounting) -> Answer {
        switch endpoint {
        case .jobs: accountedJobs()
        case .job(let id): accountedJob(id)
        case .qos: accounting(.list(qosList, QOSFields.all, cluster.qos))
        case .associations: associations()
        case .accounts: accounting(.list("accounts", AccountFields.all, accountRecords()))
        case .users: accounting(.list("users", UserFields.all, userRecords()))
        case .clusters: accounting(.list("clusters", ClusterFields.all, cluster.registered))
        case .tres: accounting(.list("TRES", TRESFields.all, cluster.tres))
        case .wckeys: accounting(.list("wckeys", WCKeyFields.all, cluster.wckeys))
        case .diag: accounting(.record("statistics", AccountingDiagFields.all, cluster.database))
        }
    }

    var qosList: String { version <= .v38 ? "QOS" : "qos" }

    private func accounting(_ content: Reply.Content) -> Answer {
        document(Reply(plugin: .accounting, content: [content]))
    }

    private func accountedJobs() -> Answer {
        do throws(BadQuery) {
            return accounting(jobList(try jobFilter()))
        } catch {
            return document(Reply(status: error.status, plugin: .accounting, errors: error.faults))
        }
    }

    /// All runs of a job, whenever they were.
    private func accountedJob(_ text: String) -> Answer {
        let id = UInt32(text.prefix { $0.isNumber }) ?? 0
        let filter = JobFilter(
            window: .never..<Timestamp(.max), ids: [id], states: [], names: [], showsSteps: true, showsDuplicates: true,
            truncates: false)
        let isKnown = cluster.accountedJobs.contains { $0.id == id } || cluster.jobs.contains { $0.id == id }
        return isKnown ? accounting(jobList(filter)) : unknownAccountedJob(text)
    }

    /// Never a 404: an error with number 9003 up to v0.0.38, a warning later.
    private func unknownAccountedJob(_ id: String) -> Answer {
        var reply = Reply(plugin: .accounting, content: [.nothing("jobs")])
        if version <= .v38 {
            reply.errors = [
                Fault(
                    description: "Nothing found", number: Fault.nothingFound.number, error: Fault.nothingFound.error,
                    source: "slurmdb_jobs_get")
            ]
        } else {
            reply.warnings = [Warning(description: "Zero jobs found with JobId=\(id)", source: "slurmdb_jobs_get")]
        }
        return document(reply)
    }

    private func associations() -> Answer {
        let accounts = Set(query.list("account"))
        let users = Set(query.list("user"))
        return accounting(
            .list("associations", AssociationFields.all, positions: cluster.associations.count) { position, cluster in
                let association = cluster.associations[position]
                let account = cluster.accounts[association.account].name.repaired
                let user = association.user.exists ? cluster.users[association.user].name.repaired : ""
                let isWanted =
                    (accounts.isEmpty || accounts.contains(account)) && (users.isEmpty || users.contains(user))
                return isWanted ? association : nil
            })
    }
}

extension Responder {
    /// Ended jobs that the database has heard of by now, then those that slurmctld still has.
    private func jobList(_ filter: JobFilter) -> Reply.Content {
        let ended = cluster.ended.count
        let step = UInt32(cluster.step)
        let oldest = cluster.now - cluster.parameters.endedAge
        let lastRuns = filter.showsDuplicates ? [:] : lastRuns()
        return .list(
            "jobs", AccountingJobFields.all(in: dialect, withSteps: filter.showsSteps),
            positions: ended + cluster.jobs.capacity
        ) { position, cluster in
            guard let record = Self.record(at: position, ended, cluster) else { return nil }
            let isForgotten = position < ended && (record.arrives > step || record.ended < oldest)
            guard !isForgotten, record.restarts >= lastRuns[record.id] ?? 0 else { return nil }
            let job = AccountedJob(record, now: cluster.now)
            guard filter.admits(job, of: cluster) else { return nil }
            return filter.truncates ? job.truncated(to: filter.window) : job
        }
    }

    private static func record(at position: Int, _ ended: Int, _ cluster: Cluster) -> EndedJob? {
        if position < ended { return cluster.ended[position] }
        guard let job = cluster.jobs.element(at: position - ended), !job.state.base.hasEnded else { return nil }
        return cluster.endedRecord(of: job, arrives: 0)
    }

    /// Of jobs that ran more than once, which run is the last.
    private func lastRuns() -> [UInt32: UInt8] {
        var runs: [UInt32: UInt8] = [:]
        for record in cluster.accountedJobs where record.restarts > 0 {
            runs[record.id] = max(record.restarts, runs[record.id] ?? 0)
        }
        for job in cluster.jobs where job.restarts > 0 && !job.state.base.hasEnded {
            runs[job.id] = max(job.restarts, runs[job.id] ?? 0)
        }
        return runs
    }

    /// Up to v0.0.39 always with associations and coordinators, later when the query asks for them.
    private func accountRecords() -> [AccountRecord] {
        let showsAssociations = asks(for: "with_assocs", "WithAssociations")
        let showsCoordinators = asks(for: "with_coords", "WithCoordinators")
        let associations = showsAssociations ? associationsByAccount() : [:]
        return cluster.accounts.refs.map { ref in
            AccountRecord(
                account: cluster.accounts[ref], associations: associations[ref] ?? [],
                coordinators: showsCoordinators ? cluster.accounts[ref].coordinators : [])
        }
    }

    private func userRecords() -> [UserRecord] {
        let showsAssociations = asks(for: "with_assocs", "WithAssociations")
        let showsCoordinators = asks(for: "with_coords", "WithCoordinators")
        let showsKeys = version >= .v40 && asks(for: "with_wckeys", "WithWCKeys")
        let associations = showsAssociations ? associationsByUser() : [:]
        return cluster.users.refs.filter { cluster.users[$0].isInAccounting }.map { ref in
            UserRecord(
                user: cluster.users[ref], associations: associations[ref] ?? [],
                coordinates: showsCoordinators
                    ? cluster.accounts.refs.filter { cluster.accounts[$0].coordinators.contains(ref) } : [],
                wckeys: showsKeys ? cluster.wckeys.filter { $0.user == ref } : [])
        }
    }

    private func asks(for parameter: String, _ flag: String) -> Bool {
        let flags = query.list("flags").map { $0.lowercased() }
        return version <= .v39 || query.isTrue(parameter) || query.isTrue(flag) || flags.contains(flag.lowercased())
    }

    private func associationsByAccount() -> [Ref<Account>: [Ref<Association>]] {
        Dictionary(grouping: cluster.associations.refs) { cluster.associations[$0].account }
    }

    private func associationsByUser() -> [Ref<User>: [Ref<Association>]] {
        Dictionary(grouping: cluster.associations.refs) { cluster.associations[$0].user }
    }
}
