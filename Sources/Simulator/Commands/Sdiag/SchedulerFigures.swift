import SimulatedCluster

/// The part of sdiag's answer before the tables of calls.
struct SchedulerFigures {
    let report: Report

    private var figures: Statistics { report.cluster.statistics }

    func append(to stream: inout Stream) {
        appendHeading(&stream)
        appendThreads(&stream)
        appendJobs(&stream)
        appendMainScheduler(&stream)
        appendBackfill(&stream)
        stream.print()
        stream.print("Latency for 1000 calls to gettimeofday(): \(figures.clockLatency) microseconds")
    }

    private func appendHeading(_ stream: inout Stream) {
        let ruler = String(repeating: "*", count: 55)
        stream.print(ruler)
        stream.print("sdiag output at ", report.cluster.now)
        stream.print("Data since      ", figures.since)
        stream.print(ruler)
    }

    private func appendThreads(_ stream: inout Stream) {
        stream.print("Server thread count:  \(figures.serverThreads)")
        if report.release >= .v2405 { stream.print("RPC queue enabled:    0") }
        stream.print("Agent queue size:     \(figures.agentQueue)")
        stream.print("Agent count:          \(figures.agents)")
        stream.print("Agent thread count:   \(figures.agentThreads)")
        stream.print("DBD Agent queue size: \(figures.databaseQueue)")
        stream.print()
    }

    private func appendJobs(_ stream: inout Stream) {
        let daily = figures.daily
        stream.print("Jobs submitted: \(daily.submitted)")
        stream.print("Jobs started:   \(daily.started)")
        stream.print("Jobs completed: \(daily.completed)")
        stream.print("Jobs canceled:  \(daily.canceled)")
        stream.print("Jobs failed:    \(daily.failed)")
        stream.print()
        stream.print("Job states ts:  ", figures.tallied)
        stream.print("Jobs pending:   \(figures.pendingJobs)")
        stream.print("Jobs running:   \(figures.runningJobs)")
    }

    private func appendMainScheduler(_ stream: inout Stream) {
        let daily = figures.daily
        stream.print()
        stream.print("Main schedule statistics (microseconds):")
        stream.print("\tLast cycle:   \(daily.cycle.last)")
        stream.print("\tMax cycle:    \(daily.cycle.max)")
        stream.print("\tTotal cycles: \(daily.cycles)")
        if daily.cycles > 0 {
            stream.print("\tMean cycle:   \(daily.cycle.mean(of: daily.cycles))")
            stream.print("\tMean depth cycle:  \(daily.depth.mean(of: daily.cycles))")
        }
        let age = report.cluster.now - figures.since
        if age > 60 { stream.print("\tCycles per minute: \(daily.cycles / (age / 60))") }
        stream.print("\tLast queue length: \(figures.scheduleQueue)")
        guard report.release >= .v2311 else { return }
        stream.print()
        stream.print("Main scheduler exit:")
        stream.print(exits: [
            ("End of job queue", daily.exits.endOfQueue), ("Hit default_queue_depth", daily.exits.defaultDepth),
            ("Hit sched_max_job_start", daily.exits.maxJobStart), ("Blocked on licenses", daily.exits.licenses),
            ("Hit max_rpc_cnt", daily.exits.maxCalls), ("Timeout (max_sched_time)", daily.exits.maxTime),
        ])
    }

    private func appendBackfill(_ stream: inout Stream) {
        let daily = figures.daily
        stream.print()
        let warning = " (WARNING: data obtained in the middle of backfilling execution.)"
        stream.print("Backfilling stats\(figures.backfillActive ? warning : "")")
        stream.print("\tTotal backfilled jobs (since last slurm start): \(figures.backfilledJobs)")
        stream.print("\tTotal backfilled jobs (since last stats cycle start): \(daily.backfilled)")
        stream.print("\tTotal backfilled heterogeneous job components: \(figures.backfilledHetComponents)")
        stream.print("\tTotal cycles: \(daily.backfillCycles)")
        if figures.backfillLastCycle.isSet {
            stream.print("\tLast cycle when: ", figures.backfillLastCycle)
        } else {
            stream.print("\tLast cycle when: N/A")
        }
        appendBackfillCycles(&stream)
        guard report.release >= .v2311 else { return }
        stream.print()
        stream.print("Backfill exit")
        stream.print(exits: [
            ("End of job queue", daily.backfillExits.endOfQueue),
            ("Hit bf_max_job_start", daily.backfillExits.maxJobStart),
            ("Hit bf_max_job_test", daily.backfillExits.maxJobTest),
            ("System state changed", daily.backfillExits.stateChanged),
            ("Hit table size limit (bf_node_space_size)", daily.backfillExits.nodeSpace),
            ("Timeout (bf_max_time)", daily.backfillExits.maxTime),
        ])
    }

    private func appendBackfillCycles(_ stream: inout Stream) {
        let daily = figures.daily
        let cycles = daily.backfillCycles
        stream.print("\tLast cycle: \(daily.backfillCycle.last)")
        stream.print("\tMax cycle:  \(daily.backfillCycle.max)")
        if cycles > 0 { stream.print("\tMean cycle: \(daily.backfillCycle.mean(of: cycles))") }
        stream.print("\tLast depth cycle: \(daily.backfillDepth.last)")
        stream.print("\tLast depth cycle (try sched): \(daily.backfillDepthTried.last)")
        if cycles > 0 {
            stream.print("\tDepth Mean: \(daily.backfillDepth.mean(of: cycles))")
            stream.print("\tDepth Mean (try depth): \(daily.backfillDepthTried.mean(of: cycles))")
        }
        stream.print("\tLast queue length: \(daily.backfillQueue.last)")
        if cycles > 0 { stream.print("\tQueue length mean: \(daily.backfillQueue.mean(of: cycles))") }
        stream.print("\tLast table size: \(daily.backfillTable.last)")
        if cycles > 0 { stream.print("\tMean table size: \(daily.backfillTable.mean(of: cycles))") }
    }
}

extension Stream {
    /// A line that ends with a time as ctime(3) writes it, and as a number.
    mutating func print(_ label: String, _ time: Timestamp) {
        bytes.append(contentsOf: label.utf8)
        Clock.append(ctime: time, to: &bytes)
        print(" (\(time.seconds))")
    }

    fileprivate mutating func print(exits: [(label: String, count: Int)]) {
        for exit in exits { print("\t\(exit.label):\(exit.count < 10 ? " " : "")\(exit.count)") }
    }
}
