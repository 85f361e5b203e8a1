import SimulatedCluster

/// `update_time` and `flags` of a request for a whole table.
struct TableQuery {
    let shows: ShowFlags
    let updateTime: Timestamp?
    /// Of `flags` that were no flag; the newest server answers in full all the same.
    let faults: [Fault]

    /// Whether slurmctld says so: the table as a whole, one second of doubt included.
    func isUnchanged(since change: Timestamp) -> Bool {
        guard let updateTime, updateTime.isSet else { return false }
        return updateTime - 1 >= change
    }
}

extension Responder {
    /// A query that no answer but a fault can be given to.
    struct BadQuery: Error {
        let status: Int
        var faults: [Fault] = []
    }

    /// `flags` exists from v0.0.40 on: older servers don't look at it, and show everything.
    func tableQuery(usual: ShowFlags) throws(BadQuery) -> TableQuery {
        let time = try updateTime()
        guard version >= .v40 else { return TableQuery(shows: .everything, updateTime: time, faults: []) }
        var shows: ShowFlags = []
        var faults: [Fault] = []
        for item in request.query where item.name == "flags" {
            if let flag = ShowFlags(name: item.value) {
                shows.insert(flag)
            } else {
                faults.append(Self.unknownFlag(item.value))
            }
        }
        if !faults.isEmpty, release < .v2611 { throw BadQuery(status: 422, faults: faults + [rejection]) }
        return TableQuery(shows: shows.isEmpty ? usual : shows, updateTime: time, faults: faults)
    }

    private func updateTime() throws(BadQuery) -> Timestamp? {
        do {
            return try query.time("update_time", now: cluster.now)
        } catch {
            if version <= .v38 { throw BadQuery(status: 400) }
            throw BadQuery(status: version == .v39 ? 400 : 422, faults: [rejection])
        }
    }

    var rejection: Fault {
        Fault(
            description: "Rejecting request. Failure parsing query.", number: Fault.invalidQuery.number,
            error: Fault.invalidQuery.error, source: "op_handler")
    }

    private static func unknownFlag(_ value: String) -> Fault {
        Fault(
            description: "Unknown flag \"\(value)\"", number: 9204, error: "Data parser unable to parse invalid flag",
            source: "#/flags/")
    }
}
