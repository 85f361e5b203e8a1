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
        let rollups = [
            ("Internal DBD rollup", figures.hourly), ("User RPC rollup call", figures.daily),
            ("unknown rollup", figures.monthly),
        ]
        for (name, rollup) in rollups { append(name, rollup, to: &stream) }
        stream.print()
        stream.print("Cluster '\(report.cluster.parameters.name.repaired)' rollup statistics")
        append("Hour ", figures.hourly, isFirst: false, to: &stream)
        let tables = CallTables(report: report, order: .count)
        stream.print()
        stream.print("Remote Procedure Call statistics by message type")
        tables.append(types: figures.callsByType, nameWidth: 25, to: &stream)
        stream.print()
        stream.print("Remote Procedure Call statistics by user")
        tables.append(users: figures.callsByUser, nameWidth: 20, idWidth: 10, to: &stream)
    }

    private func append(
        _ name: String, _ rollup: DatabaseStatistics.Rollup, isFirst: Bool = true, to stream: inout Stream
    ) {
        guard rollup.lastRun.isSet else { return }
        if isFirst { stream.print() }
        stream.print("\(name) last ran ", rollup.lastRun)
        stream.print("\tLast cycle:   \(rollup.cycle.last)")
        stream.print("\tMax cycle:    \(rollup.cycle.max)")
        stream.print("\tTotal time:   \(rollup.cycle.sum)")
        stream.print("\tTotal cycles: \(rollup.count)")
        stream.print("\tMean cycle:   \(rollup.cycle.mean(of: rollup.count))")
    }
}
