import SimulatedCluster

/// Which records sacct shows.
struct AccountingFilter {
    var start: Timestamp?
    var end: Timestamp?
    var states: [JobState.Base]?
    var jobs: [JobSelection]?
    var users: [Text]?
    var accounts: [Text]?
    var partitions: [Text]?
    var qos: [Text]?
    var names: [Text]?
    var wckeys: [Text]?

    /// What sacct takes where no times are given: this day, or now where states are, or everything where jobs are.
    func completed(now: Timestamp) -> AccountingFilter {
        var filter = self
        filter.end = end ?? now
        if start == nil {
            filter.start = jobs != nil ? .never : states != nil ? filter.end : now - Int(now.seconds) % 86_400
        }
        return filter
    }

    func admits(_ line: AccountingLine, in cluster: Cluster) -> Bool {
        admitsTimes(line) && admitsNames(line.record, in: cluster)
    }

    private func admitsTimes(_ line: AccountingLine) -> Bool {
        let start = self.start ?? .never, end = self.end ?? .never
        guard let states else { return line.record.eligible < end && (!line.ended.isSet || line.ended >= start) }
        return states.contains { state in
            switch state {
            case .pending: waited(line, start, end)
            case .running: ran(line, start, end)
            case .suspended: line.record.suspendedSeconds > 0 && ran(line, start, end)
            default: line.record.state.base == state && line.ended.isSet && line.ended >= start && line.ended <= end
            }
        }
    }

    private func waited(_ line: AccountingLine, _ start: Timestamp, _ end: Timestamp) -> Bool {
        guard line.record.eligible.isSet, line.record.eligible < end else { return false }
        if line.hasStarted { return start < line.record.started }
        return line.ended.isSet ? start < line.ended : line.isWaiting
    }

    private func ran(_ line: AccountingLine, _ start: Timestamp, _ end: Timestamp) -> Bool {
        guard line.hasStarted, line.record.started < end else { return false }
        return line.ended.isSet ? start < line.ended : line.record.state.base == .running
    }

    private func admitsNames(_ record: EndedJob, in cluster: Cluster) -> Bool {
        if let jobs, !jobs.contains(where: { $0.matches(record) }) { return false }
        if let users, !users.contains(where: { cluster.users[record.user].isCalled($0) }) { return false }
        if let accounts, !admits(accounts, record.account, cluster.accounts, \.name) { return false }
        if let partitions, !admits(partitions, record.partition, cluster.partitions, \.name) { return false }
        if let qos, !admits(qos, record.qos, cluster.qos, \.name) { return false }
        let script = cluster.scripts[record.script]
        if let names, !names.contains(script.name) { return false }
        return wckeys?.contains(script.wckey) ?? true
    }

    private func admits<Entity>(
        _ names: [Text], _ ref: Ref<Entity>, _ table: [Entity], _ name: KeyPath<Entity, Text>
    ) -> Bool {
        ref.exists && names.containsIgnoringCase(table[ref][keyPath: name])
    }
}

extension JobSelection {
    fileprivate func matches(_ record: EndedJob) -> Bool {
        if let task { return record.arrayJob == id && record.arrayTask == task }
        if let offset { return record.hetJob == id && record.hetOffset == offset }
        return record.id == id || record.arrayJob == id || record.hetJob == id
    }
}
