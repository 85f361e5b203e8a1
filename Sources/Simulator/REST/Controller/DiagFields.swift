import SimulatedCluster

/// `/slurm/v0.0.N/diag`, in the order of the document. Times are microseconds.
enum DiagFields {
    static let all: [Field<Statistics>] = server + schedule + jobs + backfill + calls

    private static let server: [Field<Statistics>] = [
        .value("rpcs_by_message_type", .upTo(.v38)) { $2.legacyCallsByType($0) },
        .value("rpcs_by_user", .upTo(.v38)) { $2.legacyCallsByUser($0, $1) },
        .constant("parts_packed", .upTo(.v44), integer: 1).removed(in: .v25110) { $0.integer(0) },
        .time("req_time") { $1.cluster.now },
        .time("req_time_start") { statistics, _ in statistics.since },
        .integer("server_thread_count") { statistics, _ in statistics.serverThreads },
        .integer("agent_queue_size") { statistics, _ in statistics.agentQueue },
        .integer("agent_count") { statistics, _ in statistics.agents },
        .integer("agent_thread_count") { statistics, _ in statistics.agentThreads },
        .integer("dbd_agent_queue_size") { statistics, _ in statistics.databaseQueue },
        .integer("gettimeofday_latency") { statistics, _ in statistics.clockLatency },
    ]

    private static let schedule: [Field<Statistics>] = [
        .integer("schedule_cycle_max") { statistics, _ in statistics.daily.cycle.max },
        .integer("schedule_cycle_last") { statistics, _ in statistics.daily.cycle.last },
        .integer("schedule_cycle_sum", .since(.v41)) { statistics, _ in statistics.daily.cycle.sum },
        .integer("schedule_cycle_total") { statistics, _ in statistics.daily.cycles },
        .integer("schedule_cycle_mean") { statistics, _ in statistics.daily.cycle.mean(of: statistics.daily.cycles) },
        .integer("schedule_cycle_mean_depth") { statistics, _ in
            statistics.daily.depth.mean(of: statistics.daily.cycles)
        },
        .integer("schedule_cycle_per_minute") { statistics, source in
            let minutes = (source.cluster.now - statistics.since) / 60
            return minutes > 0 ? statistics.daily.cycles / minutes : 0
        },
        .integer("schedule_cycle_depth", .since(.v41)) { statistics, _ in statistics.daily.depth.sum },
        .integer("schedule_queue_length", .upTo(.v40)) { statistics, _ in statistics.scheduleQueue },
        .integer("schedule_exit/end_job_queue", .since(.v40)) { statistics, _ in statistics.daily.exits.endOfQueue },
        .integer("schedule_exit/default_queue_depth", .since(.v40)) { statistics, _ in
            statistics.daily.exits.defaultDepth
        },
        .integer("schedule_exit/max_job_start", .since(.v40)) { statistics, _ in statistics.daily.exits.maxJobStart },
        .integer("schedule_exit/max_rpc_cnt", .since(.v40)) { statistics, _ in statistics.daily.exits.maxCalls },
        .integer("schedule_exit/max_sched_time", .since(.v40)) { statistics, _ in statistics.daily.exits.maxTime },
        .integer("schedule_exit/licenses", .since(.v40)) { statistics, _ in statistics.daily.exits.licenses },
        .integer("schedule_queue_length", .since(.v41)) { statistics, _ in statistics.scheduleQueue },
    ]

    private static let jobs: [Field<Statistics>] = [
        .integer("jobs_submitted") { statistics, _ in statistics.daily.submitted },
        .integer("jobs_started") { statistics, _ in statistics.daily.started },
        .integer("jobs_completed") { statistics, _ in statistics.daily.completed },
        .integer("jobs_canceled") { statistics, _ in statistics.daily.canceled },
        .integer("jobs_failed") { statistics, _ in statistics.daily.failed },
        .integer("jobs_pending") { statistics, _ in statistics.pendingJobs },
        .integer("jobs_running") { statistics, _ in statistics.runningJobs },
        .time("job_states_ts") { statistics, _ in statistics.tallied },
    ]

    private static let backfill: [Field<Statistics>] = [
        .integer("bf_backfilled_jobs") { statistics, _ in statistics.backfilledJobs },
        .integer("bf_last_backfilled_jobs") { statistics, _ in statistics.daily.backfilled },
        .integer("bf_backfilled_het_jobs") { statistics, _ in statistics.backfilledHetComponents },
        .integer("bf_cycle_counter") { statistics, _ in statistics.daily.backfillCycles },
        .integer("bf_cycle_mean") { statistics, _ in statistics.backfillMean(\.backfillCycle) },
        .integer("bf_depth_mean") { statistics, _ in statistics.backfillMean(\.backfillDepth) },
        .integer("bf_depth_mean_try") { statistics, _ in statistics.backfillMean(\.backfillDepthTried) },
        .integer("bf_cycle_sum", .since(.v39)) { statistics, _ in statistics.daily.backfillCycle.sum },
        .integer("bf_cycle_last") { statistics, _ in statistics.daily.backfillCycle.last },
        .integer("bf_cycle_max", .upTo(.v38)) { statistics, _ in statistics.daily.backfillCycle.max },
        .integer("bf_cycle_max", .since(.v41)) { statistics, _ in statistics.daily.backfillCycle.max },
        .value("bf_exit", .since(.v41)) { $2.backfillExits($0.daily.backfillExits) },
        .integer("bf_last_depth", .since(.v39)) { statistics, _ in statistics.daily.backfillDepth.last },
        .integer("bf_last_depth_try", .since(.v39)) { statistics, _ in statistics.daily.backfillDepthTried.last },
        .integer("bf_depth_sum", .since(.v39)) { statistics, _ in statistics.daily.backfillDepth.sum },
        .integer("bf_depth_try_sum", .since(.v39)) { statistics, _ in statistics.daily.backfillDepthTried.sum },
        .integer("bf_queue_len") { statistics, _ in statistics.backfillQueue },
        .integer("bf_queue_len_mean") { statistics, _ in statistics.backfillMean(\.backfillQueue) },
        .integer("bf_queue_len_sum", .since(.v39)) { statistics, _ in statistics.daily.backfillQueue.sum },
        .integer("bf_table_size") { statistics, _ in statistics.backfillTable },
        .integer("bf_table_size_sum", .since(.v41)) { statistics, _ in statistics.daily.backfillTable.sum },
        .integer("bf_table_size_mean") { statistics, _ in statistics.backfillMean(\.backfillTable) },
        .time("bf_when_last_cycle") { statistics, _ in statistics.backfillLastCycle },
        .bool("bf_active") { statistics, _ in statistics.backfillActive },
        .value("bf_exit", .only(.v40)) { $2.backfillExits($0.daily.backfillExits) },
    ]

    private static let calls: [Field<Statistics>] = [
        .value("rpcs_by_message_type", .since(.v39)) { $2.callsByType($0) },
        .value("rpcs_by_user", .since(.v39)) { $2.callsByUser($0, $1) },
        .value("pending_rpcs", .since(.v41)) { $2.waitingCalls($0) },
        .value("pending_rpcs_by_hostlist", .since(.v41)) { $2.waitingHosts($0) },
    ]
}

extension Statistics {
    fileprivate func backfillMean(_ figure: KeyPath<Daily, CycleFigure>) -> Int {
        daily[keyPath: figure].mean(of: daily.backfillCycles)
    }
}

extension JSONWriter {
    fileprivate mutating func backfillExits(_ exits: Statistics.BackfillExits) {
        object { writer in
            writer.member("end_job_queue", exits.endOfQueue)
            writer.member("bf_max_job_start", exits.maxJobStart)
            writer.member("bf_max_job_test", exits.maxJobTest)
            writer.member("bf_max_time", exits.maxTime)
            writer.member("bf_node_space_size", exits.nodeSpace)
            writer.member("state_changed", exits.stateChanged)
        }
    }

    fileprivate mutating func legacyCallsByType(_ statistics: Statistics) {
        list(statistics.callsByType.filter { $0.count > 0 }) { calls, writer in
            writer.object { writer in
                writer.key("message_type")
                writer.text(calls.type)
                writer.member("type_id", calls.id)
                writer.member("count", calls.count)
                writer.member("average_time", calls.averageTime)
                writer.member("total_time", calls.totalTime)
            }
        }
    }

    fileprivate mutating func legacyCallsByUser(_ statistics: Statistics, _ source: Source) {
        list(statistics.callsByUser.filter { $0.count > 0 }) { calls, writer in
            writer.object { writer in
                writer.key("user")
                writer.string { source.cluster.append(nameOrNumberOf: calls.user, to: &$0) }
                writer.member("user_id", Int(source.cluster.users[calls.user].uid))
                writer.member("count", calls.count)
                writer.member("average_time", calls.averageTime)
                writer.member("total_time", calls.totalTime)
            }
        }
    }

    fileprivate mutating func callsByType(_ statistics: Statistics) {
        list(statistics.callsByType.filter { $0.count > 0 }) { calls, writer in
            writer.object { writer in
                if writer.dialect.version >= .v41 { writer.member("type_id", calls.id) }
                writer.key("message_type")
                writer.text(calls.type)
                if writer.dialect.version <= .v40 { writer.member("type_id", calls.id) }
                writer.member("count", calls.count)
                if writer.dialect.version >= .v41 { writer.queue(calls) }
                writer.times(total: calls.totalTime, average: calls.averageTime)
            }
        }
    }

    private mutating func queue(_ calls: CallsByType) {
        member("queued", calls.queued)
        member("dropped", calls.dropped)
        member("cycle_last", calls.lastCycle)
        member("cycle_max", calls.maxCycle)
    }

    fileprivate mutating func callsByUser(_ statistics: Statistics, _ source: Source) {
        list(statistics.callsByUser.filter { $0.count > 0 }) { calls, writer in
            let id = Int(source.cluster.users[calls.user].uid)
            writer.object { writer in
                if writer.dialect.version >= .v41 { writer.member("user_id", id) }
                writer.key("user")
                writer.string { source.cluster.append(nameOrNumberOf: calls.user, to: &$0) }
                if writer.dialect.version <= .v40 { writer.member("user_id", id) }
                writer.member("count", calls.count)
                writer.times(total: calls.totalTime, average: calls.averageTime)
            }
        }
    }

    private mutating func times(total: Int, average: Int) {
        guard dialect.version >= .v41 else {
            member("average_time", average)
            return member("total_time", total)
        }
        member("total_time", total)
        key("average_time")
        number(.value(average))
    }

    fileprivate mutating func waitingCalls(_ statistics: Statistics) {
        list(statistics.waitingCalls.filter { $0.count > 0 }) { calls, writer in
            writer.object { writer in
                writer.member("type_id", calls.id)
                writer.key("message_type")
                writer.text(calls.type)
                writer.member("count", calls.count)
            }
        }
    }

    /// `count` is a list of host names here.
    fileprivate mutating func waitingHosts(_ statistics: Statistics) {
        list(statistics.waitingCalls.filter { $0.count > 0 }) { calls, writer in
            writer.object { writer in
                writer.member("type_id", calls.id)
                writer.key("message_type")
                writer.text(calls.type)
                writer.key("count")
                writer.emptyList()
            }
        }
    }
}
