import SimulatedCluster

/// `/slurmdb/v0.0.N/diag`, in the order of the document. Times are microseconds.
enum AccountingDiagFields {
    static let all: [Field<DatabaseStatistics>] = [
        .seconds("time_start") { statistics, _ in statistics.since },
        .value("rollups", .upTo(.v40)) { $2.rollupList($0) },
        .value("rollups", .since(.v41)) { $2.rollups($0) },
        .value("RPCs") { statistics, _, writer in
            writer.list(statistics.callsByType) { calls, writer in
                writer.object { writer in
                    writer.key("rpc")
                    writer.text(calls.type)
                    writer.calls(calls.count, average: calls.averageTime, total: calls.totalTime)
                }
            }
        },
        .value("users") { statistics, source, writer in
            writer.list(statistics.callsByUser) { calls, writer in
                writer.object { writer in
                    writer.key("user")
                    writer.hostName(source.name(of: calls.user))
                    writer.calls(calls.count, average: calls.averageTime, total: calls.totalTime)
                }
            }
        },
    ]
}

extension DatabaseStatistics {
    fileprivate var all: [(name: StaticString, rollup: Rollup)] {
        [("hourly", hourly), ("daily", daily), ("monthly", monthly)]
    }
}

extension JSONWriter {
    fileprivate mutating func calls(_ count: Int, average: Int, total: Int) {
        member("count", count)
        key("time")
        object { writer in
            writer.member("average", average)
            writer.member("total", total)
        }
    }

    /// Up to v0.0.40 a list of those that have run, under names that mean nothing.
    fileprivate mutating func rollupList(_ statistics: DatabaseStatistics) {
        let names: [StaticString] = ["internal", "user", "unknown"]
        let ran = zip(names, statistics.all).filter { $1.rollup.cycle.sum > 0 }
        list(ran) { entry, writer in
            let rollup = entry.1.rollup
            writer.object { writer in
                writer.key("type")
                writer.ascii(entry.0)
                writer.member("last_run", Int(rollup.lastRun.seconds))
                writer.member("last_cycle", rollup.cycle.last)
                writer.member("max_cycle", rollup.cycle.max)
                writer.member("total_time", rollup.cycle.sum)
                writer.member("total_cycles", rollup.count)
                writer.member("mean_cycles", rollup.cycle.mean(of: rollup.count))
            }
        }
    }

    fileprivate mutating func rollups(_ statistics: DatabaseStatistics) {
        object { writer in
            for (name, rollup) in statistics.all {
                writer.key(name)
                writer.object { writer in
                    writer.member("count", rollup.count)
                    writer.member("last_run", Int(rollup.lastRun.seconds))
                    writer.key("duration")
                    writer.object { writer in
                        writer.member("last", rollup.cycle.last)
                        writer.member("max", rollup.cycle.max)
                        writer.member("time", rollup.cycle.sum)
                    }
                }
            }
        }
    }
}
