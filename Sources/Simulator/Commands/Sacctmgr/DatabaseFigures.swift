import SimulatedCluster

/// `sacctmgr show stats`: what slurmdbd counts of itself.
struct DatabaseFigures {
    let report: Report

    func append(to stream: inout Stream) {
        let figures = report.cluster.database
        let ruler = String(repeating: "*", count: 67)
        stream.print(ruler)
        stream.print("sacctmgr show stats output at ", report.cluster.now)
        stream.print("Data since                    ", figures.since)
        stream.print("All statistics are in microseconds")
        stream.print(ruler)
        stream.print()
        let own = report.cluster.parameters.name.repaired
        for (name, rollup) in [("hour", figures.hourly), ("day", figures.daily), ("month", figures.monthly)] {
            append("\(own) \(name)", rollup, to: &stream)
        }
        let tables = CallTables(report: report, order: .count)
        stream.print()
        stream.print("Remote Procedure Call statistics by message type")
        tables.append(types: figures.callsByType, nameWidth: 25, to: &stream)
        stream.print()
        stream.print("Remote Procedure Call statistics by user")
        tables.append(users: figures.callsByUser, nameWidth: 20, idWidth: 10, to: &stream)
    }

    private func append(_ name: String, _ rollup: DatabaseStatistics.Rollup, to stream: inout Stream) {
        guard rollup.lastRun.isSet else { return }
        stream.print("\(name) rollup last ran ", rollup.lastRun)
        stream.print("\tLast cycle:   \(rollup.cycle.last)")
        stream.print("\tMax cycle:    \(rollup.cycle.max)")
        stream.print("\tTotal time:   \(rollup.cycle.sum)")
        stream.print("\tTotal cycles: \(rollup.count)")
        stream.print("\tMean cycle:   \(rollup.cycle.mean(of: rollup.count))")
    }
}
