import FleetProtocol
public import Planning

/// The fleet as a table for people.
public enum StatusTable {
    public static func text(_ status: FleetStatus) -> String {
        var lines = ["plan \(status.plan)" + (status.isDeposed ? ", and another coordinator leads" : ""), ""]
        if !status.coordinators.isEmpty { lines += table(status.coordinators) + [""] }
        lines += table(
            ["SHARD", "STATE", "SLICES", "UPSTREAMS", "LOAD", "HEARD", "PLAN", "ADDRESS"],
            status.shards.map { shard in
                [
                    shard.id, shard.state.rawValue, "\(shard.slices)", "\(shard.upstreams)", number(shard.load),
                    number(shard.heartbeatAgeSeconds) + "s", shard.plan.map { "\($0.epoch).\($0.revision)" } ?? "-",
                    shard.url,
                ]
            })
        lines.append("")
        lines += table(
            ["SLICE", "STATE", "OWNER", "BEFORE", "AGE", "WEIGHT"],
            status.slices.map { slice in
                [
                    slice.id, slice.state.rawValue, slice.owner ?? "-", slice.former ?? "-",
                    slice.ageSeconds.map { number($0) + "s" } ?? "-", number(slice.weight),
                ]
            })
        lines.append("")
        lines += table(
            ["CLUSTER", "ASKED BY", "STATE", "IN FLIGHT"],
            status.upstreams.map { upstream in
                [
                    upstream.cluster, upstream.owner ?? "-", upstream.isWaiting ? "waiting" : "asking",
                    upstream.inFlight.isEmpty
                        ? "-"
                        : upstream.inFlight.map { "\($0.feed) \(number($0.sinceSeconds))s" }.joined(separator: ", "),
                ]
            })
        for shard in status.shards {
            if let problem = shard.problem { lines += ["", "\(shard.id) can't go by its plan: \(problem)"] }
            for refusal in shard.refusals {
                lines += ["", "\(shard.id) refused \(refusal.plan): \(refusal.reason.rawValue)"]
            }
            if !shard.unreachable.isEmpty {
                lines += ["", "\(shard.id) can't reach \(shard.unreachable.joined(separator: ", "))"]
            }
        }
        return lines.map { $0 + "\n" }.joined()
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
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        return ([head] + rows).map { row in
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            return cells.joined(separator: "  ")
        }
    }
}
