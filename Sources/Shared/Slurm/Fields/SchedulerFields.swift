/// Reads slurmctld's figures of `/slurm/…/diag`, v0.0.38 to v0.0.46.
struct SchedulerFields: RecordFields {
    static let place = RecordPlace(path: ["statistics"], isSingle: true)

    private(set) var record = SchedulerRecord()

    /// A place in `keys`.
    struct Field: RawRepresentable {
        let rawValue: UInt8
    }

    static let keys: [(key: StaticString, field: Field)] =
        (lists + moments + figures).enumerated().map { ($1, Field(rawValue: UInt8($0))) }

    private static let lists: [StaticString] = ["rpcs_by_message_type", "rpcs_by_user", "pending_rpcs"]

    private static let moments: [StaticString] = ["req_time", "req_time_start", "job_states_ts", "bf_when_last_cycle"]

    private static let figures: [StaticString] = [
        "server_thread_count", "agent_queue_size", "agent_count", "agent_thread_count", "dbd_agent_queue_size",
        "gettimeofday_latency", "parts_packed", "schedule_cycle_max", "schedule_cycle_last", "schedule_cycle_sum",
        "schedule_cycle_total", "schedule_cycle_mean", "schedule_cycle_mean_depth", "schedule_cycle_per_minute",
        "schedule_cycle_depth", "schedule_queue_length", "schedule_exit.end_job_queue",
        "schedule_exit.default_queue_depth", "schedule_exit.max_job_start", "schedule_exit.max_rpc_cnt",
        "schedule_exit.max_sched_time", "schedule_exit.licenses", "jobs_submitted", "jobs_started", "jobs_completed",
        "jobs_canceled", "jobs_failed", "jobs_pending", "jobs_running", "bf_backfilled_jobs",
        "bf_last_backfilled_jobs", "bf_backfilled_het_jobs", "bf_cycle_counter", "bf_cycle_mean", "bf_cycle_sum",
        "bf_cycle_last", "bf_cycle_max", "bf_depth_mean", "bf_depth_mean_try", "bf_depth_sum", "bf_depth_try_sum",
        "bf_last_depth", "bf_last_depth_try", "bf_queue_len", "bf_queue_len_mean", "bf_queue_len_sum",
        "bf_table_size", "bf_table_size_sum", "bf_table_size_mean", "bf_active", "bf_exit.end_job_queue",
        "bf_exit.bf_max_job_start", "bf_exit.bf_max_job_test", "bf_exit.bf_max_time", "bf_exit.bf_node_space_size",
        "bf_exit.state_changed",
    ]

    mutating func read(
        _ field: Field, from text: JSONText, at start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch Int(field.rawValue) {
        case 0: try reading.calls(&record.callsByType, name: "message_type", id: "type_id", text, start)
        case 1: try reading.calls(&record.callsByUser, name: "user", id: "user_id", text, start)
        case 2: try readPending(text, start, &reading)
        case let index: try readFigure("\(Self.keys[index].key)", isMoment: index < 7, text, start, &reading)
        }
    }

    private mutating func readFigure(
        _ name: String, isMoment: Bool, _ text: JSONText, _ start: Int, _ reading: inout Reading
    ) throws(JSONStop) -> Int {
        switch try text.byte(start) {
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            record.figures[name] = try text.byte(start) == UInt8(ascii: "t") ? 1 : 0
            return try text.skipLiteral(start)
        default: break
        }
        var number = SlurmNumber.unset
        let end = try reading.number(&number, text, start, .bits64)
        record.figures[name] = isMoment && number.double == 0 ? nil : number.double
        return end
    }

    private mutating func readPending(_ text: JSONText, _ start: Int, _ reading: inout Reading) throws(JSONStop) -> Int
    {
        var calls: [SchedulerRecord.Calls] = []
        let end = try reading.calls(&calls, name: "message_type", id: "type_id", text, start)
        record.pendingCalls = calls.map { ($0.name, $0.count) }
        return end
    }

    mutating func complete(_ reading: inout Reading) {}
}
