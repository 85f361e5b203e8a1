import FleetProtocol
public import Planning

/// The fleet as a table for people.
public enum StatusTable {
    public static func text(_ status: FleetStatus) -> String {
        let leader = status.coordinators.contains { $0.leads == true } ? "another" : "no"
        let plan = "plan \(status.plan)" + (status.isDeposed ? ", and \(leader) coordinator leads" : "")
        let coordinators = status.coordinators.isEmpty ? [] : [table(status.coordinators)]
        let tables = coordinators + [table(status.shards), table(status.slices), table(status.upstreams)]
        let paragraphs = [[plan.printable]] + tables + status.shards.flatMap(complaints).map { [$0.printable] }
        return paragraphs.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
    }

    private static func complaints(of shard: FleetStatus.Shard) -> [String] {
        let extent = shard.state == .joining ? "can't go by its plan" : "goes by its plan in part"
        let problem = shard.problem.map { ["\(shard.id) \(extent): \($0)"] } ?? []
        let refusals = shard.refusals.map { "\(shard.id) refused \($0.plan): \($0.reason.rawValue)" }
        let unreachable = shard.unreachable.joined(separator: ", ")
        let namesake = shard.namesake.map { "another process has the name \(shard.id), too, and isn't heard: \($0)" }
        return problem + refusals + [namesake].compactMap(\.self)
            + (unreachable.isEmpty ? [] : ["\(shard.id) can't reach \(unreachable)"])
    }

    private static func table(_ shards: [FleetStatus.Shard]) -> [String] {
        table(
            ["SHARD", "STATE", "SLICES", "UPSTREAMS", "LOAD", "HEARD", "PLAN", "ADDRESS"],
            shards.map { shard in
                [
                    shard.id, shard.state.rawValue, "\(shard.slices)", "\(shard.upstreams)", number(shard.load),
                    shard.heartbeatAgeSeconds.map { number($0) + "s" } ?? "-",
                    shard.plan.map { "\($0.epoch).\($0.revision)" } ?? "-",
                    shard.url,
                ]
            })
    }

    private static func table(_ slices: [FleetStatus.SliceStatus]) -> [String] {
        table(
            ["SLICE", "STATE", "OWNER", "BEFORE", "AGE", "WEIGHT"],
            slices.map { slice in
                [
                    slice.id, slice.state.rawValue, slice.owner ?? "-", slice.former ?? "-",
                    slice.ageSeconds.map { number($0) + "s" } ?? "-", number(slice.weight),
                ]
            })
    }

    private static func table(_ upstreams: [FleetStatus.UpstreamStatus]) -> [String] {
        table(
            ["CLUSTER", "ASKED BY", "STATE", "IN FLIGHT"],
            upstreams.map { upstream in
                let questions = upstream.inFlight.map { "\($0.feed) \(number($0.sinceSeconds))s" }
                return [
                    upstream.cluster, upstream.owner ?? "-", state(of: upstream),
                    questions.isEmpty ? "-" : questions.joined(separator: ", "),
                ]
            })
    }

    /// Waits for what its former owner asked; is asked by nobody; and else whether anything is under way.
    private static func state(of upstream: FleetStatus.UpstreamStatus) -> String {
        if upstream.isWaiting { return "waiting" }
        if upstream.owner == nil { return "unasked" }
        return upstream.inFlight.isEmpty ? "idle" : "asking"
    }

    private static func table(_ coordinators: [FleetStatus.Coordinator]) -> [String] {
        table(
            ["COORDINATOR", "STATE", "EPOCH", "MODE", "ADDRESS"],
            coordinators.map { coordinator in
                let state = coordinator.leads.map { $0 ? "leader" : "standby" } ?? "silent"
                return [
                    coordinator.name, state, coordinator.epoch.map { "\($0)" } ?? "-", coordinator.mode,
                    coordinator.url,
                ]
            })
    }

    private static func number(_ value: Double) -> String {
        let tenths = Int((min(max(value, 0), 1e12) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let rows = [head] + rows.map { $0.map(\.printable) }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            return cells.joined(separator: "  ")
        }
    }
}
