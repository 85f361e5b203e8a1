/// One row of sshare.
public struct ShareRow: Sendable {
    public let association: Ref<Association>
    /// Nothing is `parent`.
    public let shares: UInt32?
    public let normalizedShares: Double
    /// CPU seconds.
    public let usage: UInt64
    public let normalizedUsage: Double
    /// Among its siblings.
    public let effectiveUsage: Double
    /// Only of users: its rank among all, from above 0 to 1.
    public let factor: Double?
    /// Shares by use; infinite without any use.
    public let level: Double
}

extension Cluster {
    /// Fair share of every association, in their order, by the fair-tree plugin's idea.
    ///
    /// Only the four basic operations on doubles, which give the same result everywhere.
    public func shares() -> [ShareRow] {
        let sums = siblingSums()
        let total = Double(max(1, associations.first?.usage.rawUsage ?? 0))
        var normalized = [Double](repeating: 1, count: associations.count)
        var rows: [ShareRow] = []
        for ref in associations.refs {
            let entry = associations[ref]
            let siblings = entry.parent.exists ? sums[entry.parent.index] : (shares: 1, usage: entry.usage.rawUsage)
            let part = entry.parent.exists ? Double(entry.shares ?? 1) / Double(max(1, siblings.shares)) : 1
            normalized[ref.index] = part * (entry.parent.exists ? normalized[entry.parent.index] : 1)
            let effective = siblings.usage == 0 ? 0 : Double(entry.usage.rawUsage) / Double(siblings.usage)
            rows.append(
                ShareRow(
                    association: ref, shares: entry.shares, normalizedShares: normalized[ref.index],
                    usage: entry.usage.rawUsage, normalizedUsage: Double(entry.usage.rawUsage) / total,
                    effectiveUsage: effective, factor: nil, level: effective == 0 ? .infinity : part / effective))
        }
        return ranked(rows)
    }

    private func siblingSums() -> [(shares: Int, usage: UInt64)] {
        var sums = [(shares: Int, usage: UInt64)](repeating: (0, 0), count: associations.count)
        for entry in associations where entry.parent.exists {
            sums[entry.parent.index].shares += Int(entry.shares ?? 1)
            sums[entry.parent.index].usage += entry.usage.rawUsage
        }
        return sums
    }

    private func ranked(_ rows: [ShareRow]) -> [ShareRow] {
        let users = rows.indices.filter { associations[rows[$0].association].user.exists }
        let order = users.sorted { (rows[$0].level, $0) < (rows[$1].level, $1) }
        var factors = [Double?](repeating: nil, count: rows.count)
        for (rank, index) in order.enumerated() { factors[index] = Double(rank + 1) / Double(order.count) }
        return zip(rows, factors).map { row, factor in
            ShareRow(
                association: row.association, shares: row.shares, normalizedShares: row.normalizedShares,
                usage: row.usage, normalizedUsage: row.normalizedUsage, effectiveUsage: row.effectiveUsage,
                factor: factor, level: row.level)
        }
    }
}
