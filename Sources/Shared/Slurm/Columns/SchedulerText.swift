/// Reads slurmctld's figures from what `sdiag` prints.
///
/// It says the same thing in several places, so what a line means depends on the heading above it.
struct SchedulerText: RecordColumns {
    private var scheduler = SchedulerRecord()
    private var section = Section.server
    private var isSeen = false

    enum Section: CaseIterable {
        case server, main, mainExit, backfill, backfillExit, callsByType, callsByUser, pendingCalls, other

        init?(heading line: RawSpan) {
            let headings: [(StaticString, Section)] = [
                ("Main schedule statistics", .main), ("Main scheduler exit", .mainExit),
                ("Backfilling stats", .backfill), ("Backfill exit", .backfillExit),
                ("Remote Procedure Call statistics by message type", .callsByType),
                ("Remote Procedure Call statistics by user", .callsByUser),
                ("Pending RPC statistics", .pendingCalls), ("Pending RPC", .other),
            ]
            guard let section = headings.first(where: { line.has($0.0, at: 0) })?.1 else { return nil }
            self = section
        }
    }

    static func name(ofField field: Int) -> String { "line" }

    mutating func read(_ line: RawSpan, _ reading: inout Reading) -> ReadColumns<SchedulerRecord> {
        reading.begin(0)
        if let heading = Section(heading: line) {
            section = heading
            if heading == .backfill { scheduler.figures["bf_active"] = line.contains(UInt8(ascii: "(")) ? 1 : 0 }
        } else if line.byteCount > 0, line[0] == UInt8(ascii: "\t") {
            readEntry(line.extracting(1..<line.byteCount), &reading)
        } else {
            section = .server
            readFigure(line, &reading)
        }
        return .nothing
    }

    mutating func finish() -> SchedulerRecord? { isSeen ? scheduler : nil }

    private mutating func readEntry(_ line: RawSpan, _ reading: inout Reading) {
        switch section {
        case .callsByType: if let calls = reading.calls(line) { scheduler.callsByType.append(calls) }
        case .callsByUser: if let calls = reading.calls(line, ofUsers: true) { scheduler.callsByUser.append(calls) }
        case .pendingCalls:
            if let calls = reading.calls(line) { scheduler.pendingCalls.append((calls.name, calls.count)) }
        case .server, .main, .mainExit, .backfill, .backfillExit: readFigure(line, &reading)
        case .other: break
        }
    }

    private mutating func readFigure(_ line: RawSpan, _ reading: inout Reading) {
        let figures = Self.figures[section] ?? []
        guard let figure = figures.first(where: { line.has($0.label, at: 0) }) else { return }
        if figure.key == "req_time" { isSeen = true }
        let rest = line.extracting(figure.label.utf8CodeUnitCount..<line.byteCount)
        scheduler.figures[figure.key] = reading.number(rest.extracting(rest.figure), .bits64).double
    }

    private typealias Figure = (label: StaticString, key: String)

    private static let figures: [Section: [Figure]] = [
        .server: server, .main: main, .mainExit: mainExit, .backfill: backfill, .backfillExit: backfillExit,
    ]

    private static let server: [Figure] = [
        ("sdiag output at ", "req_time"), ("Data since ", "req_time_start"),
        ("Server thread count:", "server_thread_count"), ("Agent queue size:", "agent_queue_size"),
        ("Agent count:", "agent_count"), ("Agent thread count:", "agent_thread_count"),
        ("DBD Agent queue size:", "dbd_agent_queue_size"), ("Jobs submitted:", "jobs_submitted"),
        ("Jobs started:", "jobs_started"), ("Jobs completed:", "jobs_completed"), ("Jobs canceled:", "jobs_canceled"),
        ("Jobs failed:", "jobs_failed"), ("Job states ts:", "job_states_ts"), ("Jobs pending:", "jobs_pending"),
        ("Jobs running:", "jobs_running"), ("Latency for 1000 calls to gettimeofday():", "gettimeofday_latency"),
    ]

    private static let main: [Figure] = [
        ("Last cycle:", "schedule_cycle_last"), ("Max cycle:", "schedule_cycle_max"),
        ("Total cycles:", "schedule_cycle_total"), ("Mean cycle:", "schedule_cycle_mean"),
        ("Mean depth cycle:", "schedule_cycle_mean_depth"), ("Cycles per minute:", "schedule_cycle_per_minute"),
        ("Last queue length:", "schedule_queue_length"),
    ]

    private static let mainExit: [Figure] = [
        ("End of job queue:", "schedule_exit.end_job_queue"),
        ("Hit default_queue_depth:", "schedule_exit.default_queue_depth"),
        ("Hit sched_max_job_start:", "schedule_exit.max_job_start"),
        ("Blocked on licenses:", "schedule_exit.licenses"), ("Hit max_rpc_cnt:", "schedule_exit.max_rpc_cnt"),
        ("Timeout (max_sched_time):", "schedule_exit.max_sched_time"),
    ]

    private static let backfill: [Figure] = [
        ("Total backfilled jobs (since last slurm start):", "bf_backfilled_jobs"),
        ("Total backfilled jobs (since last stats cycle start):", "bf_last_backfilled_jobs"),
        ("Total backfilled heterogeneous job components:", "bf_backfilled_het_jobs"),
        ("Total cycles:", "bf_cycle_counter"), ("Last cycle when:", "bf_when_last_cycle"),
        ("Last cycle:", "bf_cycle_last"), ("Max cycle:", "bf_cycle_max"), ("Mean cycle:", "bf_cycle_mean"),
        ("Last depth cycle:", "bf_last_depth"), ("Last depth cycle (try sched):", "bf_last_depth_try"),
        ("Depth Mean:", "bf_depth_mean"), ("Depth Mean (try depth):", "bf_depth_mean_try"),
        ("Last queue length:", "bf_queue_len"), ("Queue length mean:", "bf_queue_len_mean"),
        ("Last table size:", "bf_table_size"), ("Mean table size:", "bf_table_size_mean"),
    ]

    private static let backfillExit: [Figure] = [
        ("End of job queue:", "bf_exit.end_job_queue"), ("Hit bf_max_job_start:", "bf_exit.bf_max_job_start"),
        ("Hit bf_max_job_test:", "bf_exit.bf_max_job_test"), ("System state changed:", "bf_exit.state_changed"),
        ("Hit table size limit (bf_node_space_size):", "bf_exit.bf_node_space_size"),
        ("Timeout (bf_max_time):", "bf_exit.bf_max_time"),
    ]
}

extension RawSpan {
    /// Where the number is of `Sat Nov 21 07:13:46 2026 (1795245226)`, `22 microseconds`, `129`.
    var figure: Range<Int> {
        if let open = lastIndex(of: UInt8(ascii: "(")), let close = lastIndex(of: UInt8(ascii: ")")), open < close {
            return open + 1..<close
        }
        let text = trimmed
        return text.lowerBound..<(text.first { self[$0] == UInt8(ascii: " ") } ?? text.upperBound)
    }
}

extension Reading {
    /// Reads `REQUEST_JOB_INFO ( 2003) count:441 ave_time:754 total_time:332751`. One without a name has its number.
    mutating func calls(_ line: RawSpan, ofUsers: Bool = false) -> SchedulerRecord.Calls? {
        guard let open = line.firstIndex(of: UInt8(ascii: "(")), let close = line.firstIndex(of: UInt8(ascii: ")")),
            open < close
        else { return nil }
        let name = line.extracting(line.extracting(0..<open).trimmed)
        let number = line.extracting(open + 1..<close)
        let id = number.extracting(number.trimmed)
        let figures = line.extracting(close + 1..<line.byteCount)
        guard let count = figure("count:", in: figures) else { return nil }
        let symbol = ofUsers ? user(name, id: id) : self.symbol(name.isNull ? id : name)
        return SchedulerRecord.Calls(
            name: symbols[symbol], count: count, microseconds: figure("total_time:", in: figures) ?? 0,
            queued: figure("queued:", in: figures), dropped: figure("dropped:", in: figures))
    }

    private mutating func figure(_ key: StaticString, in line: RawSpan) -> Int? {
        var found: Int?
        line.split(UInt8(ascii: " ")) { word in
            guard word.has(key, at: 0) else { return }
            found = count(word.extracting(key.utf8CodeUnitCount..<word.byteCount), .bits64)
        }
        return found
    }
}
