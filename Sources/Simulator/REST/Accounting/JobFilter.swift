import SimulatedCluster

/// What `/slurmdb/v0.0.N/jobs` is asked for; every list that is empty lets all jobs through.
struct JobFilter: Sendable {
    let window: Range<Timestamp>
    let ids: Set<UInt32>
    /// Jobs that were in one of these states within the window; of the simulated ones the last state is known.
    let states: Set<String>
    let names: [Name]
    let showsSteps: Bool
    let showsDuplicates: Bool
    let truncates: Bool

    /// A name that one of several must be equal to.
    struct Name: Sendable {
        let allowed: Set<String>
        let get: @Sendable (AccountedJob, Cluster) -> Text
    }

    func admits(_ job: AccountedJob, of cluster: Cluster) -> Bool {
        guard ids.isEmpty || ids.contains(job.record.id) else { return false }
        // Asked for by the state that it ended in, a job's end has to lie in the window, and nothing else of it.
        guard job.ended.isSet && !states.isEmpty ? job.ended(in: window) : job.overlaps(window) else { return false }
        guard states.isEmpty || states.contains("\(job.record.state.base.name)") else { return false }
        return names.allSatisfy { $0.allowed.contains($0.get(job, cluster).repaired) }
    }
}

extension Responder {
    /// `users`, `account`, `partition` … as sacct takes them; without a time the day so far.
    ///
    /// A state alone asks for this moment. v0.0.38 refuses parameters that it doesn't know.
    func jobFilter() throws(BadQuery) -> JobFilter {
        if version <= .v38, request.query.contains(where: { !Self.legacyParameters.contains($0.name) }) {
            throw BadQuery(status: 500, faults: [unknownParameter])
        }
        let states = Set(query.list("state").map { $0.uppercased() })
        let start = try accountingTime("start_time")
        let end = try accountingTime("end_time") ?? cluster.now + 1
        let usual = states.isEmpty ? SlurmTime.midnight(before: cluster.now) : cluster.now
        let begin = start ?? min(usual, end)
        let flags = ["skip_steps", "disable_truncate_usage_time", "show_duplicates"]
        let hasFlags = request.query.contains { flags.contains($0.name) }
        try checkNumbers()
        return JobFilter(
            window: begin..<max(begin, end), ids: try jobIDs("step"),
            states: states, names: nameFilters(), showsSteps: !query.isTrue("skip_steps"),
            showsDuplicates: !hasFlags || query.isTrue("show_duplicates"),
            truncates: hasFlags && !query.isTrue("disable_truncate_usage_time"))
    }

    /// Of a list of `123`, `123_4`, `123+1`, each maybe with the step of it that is meant.
    func jobIDs(_ parameter: String) throws(BadQuery) -> Set<UInt32> {
        var ids: Set<UInt32> = []
        for text in query.list(parameter) {
            guard let id = SelectedStep(text)?.job else { throw unreadable(parameter, "Unable to parse step") }
            ids.insert(id)
        }
        return ids
    }

    /// Filters that let everything through here; what is no number is refused all the same.
    private func checkNumbers() throws(BadQuery) {
        let limits = ["cpus_min", "cpus_max", "nodes_min", "nodes_max", "timelimit_min", "timelimit_max"]
        for name in ["exit_code"] + (version <= .v40 ? limits : []) {
            for text in query.list(name) where UInt32(text) == nil { throw unreadable(name, "Unable to parse number") }
        }
    }

    private func nameFilters() -> [JobFilter.Name] {
        let filters: [(parameter: String, get: @Sendable (AccountedJob, Cluster) -> Text)] = [
            ("account", { $0.record.account.exists ? $1.accounts[$0.record.account].name : .empty }),
            ("users", { $1.users[$0.record.user].name }),
            ("groups", { $1.users[$0.record.user].group }),
            ("partition", { $0.record.partition.exists ? $1.partitions[$0.record.partition].name : .empty }),
            ("qos", { $0.record.qos.exists ? $1.qos[$0.record.qos].name : .empty }),
            ("job_name", { $1.scripts[$0.record.script].name }),
            ("wckey", { $1.scripts[$0.record.script].wckey }),
            ("constraints", { $1.scripts[$0.record.script].features }),
            ("cluster", { $1.parameters.name }),
            ("reservation", { $0.record.reservation.exists ? $1.reservations[$0.record.reservation].name : .empty }),
            (
                "node",
                {
                    $0.record.firstNode.exists
                        ? Text(bytes: Array($1.name(of: $1.nodes[$0.record.firstNode]).utf8)) : .empty
                }
            ),
        ]
        return filters.compactMap { filter in
            let allowed = Set(query.list(filter.parameter))
            return allowed.isEmpty ? nil : JobFilter.Name(allowed: allowed, get: filter.get)
        }
    }

    private func accountingTime(_ parameter: String) throws(BadQuery) -> Timestamp? {
        do {
            return try query.time(parameter, now: cluster.now)
        } catch {
            throw unreadable(parameter, "Unable to parse time format")
        }
    }

    private func unreadable(_ parameter: String, _ description: String) -> BadQuery {
        guard version <= .v38 else { return BadQuery(status: 422, faults: [rejection]) }
        let fault = Fault(
            description: description, number: Fault.invalidQuery.number, error: Fault.invalidQuery.error,
            source: parameter)
        return BadQuery(status: 500, faults: [fault])
    }

    private var unknownParameter: Fault {
        Fault(
            description: "Unknown Query field", number: Fault.invalidQuery.number, error: Fault.invalidQuery.error,
            source: "")
    }

    private static let legacyParameters: Set<String> = [
        "submit_time", "start_time", "end_time", "account", "association", "cluster", "constraints", "cpus_max",
        "cpus_min", "skip_steps", "disable_wait_for_result", "exit_code", "format", "group", "groups", "job_name",
        "nodes_max", "nodes_min", "partition", "qos", "reason", "reservation", "state", "step", "timelimit_max",
        "timelimit_min", "wckey", "node",
    ]
}
