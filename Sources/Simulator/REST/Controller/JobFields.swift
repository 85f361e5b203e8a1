import SimulatedCluster

/// `/slurm/v0.0.N/jobs`, in the order of the document.
///
/// Twice in the table is what v0.0.38 has at another place.
enum JobFields {
    static let all: [Field<Job>] = identity + request + places + times + scripts

    private static let identity: [Field<Job>] = [
        .text("account") { $1.name(of: $0.account) },
        .time("accrue_time") { job, _ in job.eligible },
        .text("admin_comment") { $1.script(of: $0).adminComment },
        .constant("allocating_node", .since(.v39), text: "login1"),
        .number("array_job_id") { job, _ in .value(Int(job.arrayJob)) },
        .number("array_task_id") { job, _ in Number(job.arrayTaskID) },
        .number("array_max_tasks") { job, _ in .value(Int(job.arrayMaxRunning)) },
        .string("array_task_string") { $1.cluster.append(tasksOf: $0, to: &$2) },
        .integer("association_id") { $1.id(of: $0.association) },
        .empty("batch_features"),
        .bool("batch_flag") { $1.script(of: $0).isBatch },
        .string("batch_host") { $1.appendBatchHost(of: $0, to: &$2) },
        .words("flags") { $1.version <= .v38 ? $0.legacyFlags : $0.flags },
        .text("burst_buffer") { $1.script(of: $0).burstBuffer },
        .empty("burst_buffer_state"),
        .text("cluster") { $1.cluster.parameters.name },
        .empty("cluster_features"),
        .string("command") { $1.cluster.append(commandOf: $0.user, script: $0.script, to: &$2) },
        .text("comment") { $1.script(of: $0).comment },
        .text("container") { $1.script(of: $0).container },
        .empty("container_id", .since(.v39)),
        .empty("container_type", .only(.v45)),
        .constant("contiguous", bool: false),
        .null("core_spec", .upTo(.v38)),
        .constant("core_spec", .since(.v39), integer: 0),
        .null("thread_spec", .upTo(.v38)),
        .constant("thread_spec", .since(.v39), integer: 32_766),
        .constant("cores_per_socket", number: .unset),
        .fraction("billable_tres") { $1.billing(of: $0) },
        .null("cpus_per_task", .upTo(.v38)),
        .number("cpus_per_task", .since(.v39)) { job, _ in .value(job.request.cpusPerTask) },
        .constant("cpu_frequency_minimum", number: .unset),
        .constant("cpu_frequency_maximum", number: .unset),
        .constant("cpu_frequency_governor", number: .unset),
        .empty("cpus_per_tres"),
        .string("cron", .since(.v39)) { job, _, buffer in
            if job.traits.contains(.cron) { buffer.append(ascii: "0 * * * *") }
        },
        .time("deadline") { job, _ in job.deadline },
        .constant("delay_boot", number: .value(0)),
        .string("dependency") { $1.cluster.append($0.dependency, to: &$2) },
        .value("derived_exit_code") { $2.exitCode($0.derivedWaitStatus) },
        .time("eligible_time") { job, _ in job.eligible },
        .time("end_time") { job, _ in job.ended },
        .text("excluded_nodes") { $1.script(of: $0).excludedNodes },
        .value("exit_code") { $2.exitCode($0.waitStatus) },
        .text("extra", .since(.v39)) { $1.script(of: $0).extra },
        .string("failed_node", .since(.v39)) { job, source, buffer in
            if job.state.base == .nodeFail { source.appendBatchHost(of: job, to: &buffer) }
        },
        .text("features") { $1.script(of: $0).features },
        .string("federation_origin") { $1.cluster.append(siblings: $0.federation.originMask, to: &$2) },
        .string("federation_siblings_active") { $1.cluster.append(siblings: $0.federation.activeSiblings, to: &$2) },
        .string("federation_siblings_viable") { $1.cluster.append(siblings: $0.federation.viableSiblings, to: &$2) },
        .value("gres_detail") { $2.gresDetail(of: $0, $1) },
        .integer("group_id") { Int($1.cluster.users[$0.user].gid) },
        .value("group_name") { $2.hostName($1.cluster.users[$0.user].group) },
    ]

    private static let request: [Field<Job>] = [
        .number("het_job_id", .since(.v39)) { job, _ in .value(Int(job.hetJob)) },
        .string("het_job_id_set", .since(.v39)) { job, _, buffer in job.appendHetJobIDs(to: &buffer) },
        .number("het_job_offset", .since(.v39)) { job, _ in .value(Int(job.hetOffset)) },
        .integer("job_id") { job, _ in Int(job.id) },
        .optional("job_resources", .upTo(.v38), { $1.showsResources(of: $0) }) { $2.legacyResources(of: $0, $1) },
        .value("job_resources", .since(.v39)) { $2.resources(of: $0, $1) },
        .constant("job_size_str", .since(.v39), words: []),
        .value("job_state") { $2.state($0.state) },
        .time("last_sched_evaluation") { $1.cluster.lastEvaluation(of: $0) },
        .string("licenses") { $1.appendLicenses(of: $0, to: &$2) },
        .string("licenses_allocated", .since(.v43)) { job, source, buffer in
            if job.state.holdsResources { source.appendLicenses(of: job, to: &buffer) }
        },
        .constant("mail_type", .since(.v39), words: []),
        .text("mail_user", .since(.v39)) { $1.script(of: $0).mailUser },
        .constant("max_cpus", number: .value(0)),
        .constant("max_nodes", number: .value(0)),
        .empty("mcs_label"),
        .empty("memory_per_tres"),
        .constant("memory_update_delay", .since(.v45), integer: 0),
        .constant("memory_update_margin", .since(.v45), integer: 0),
        .text("name") { $1.script(of: $0).name },
        .empty("network", .since(.v39)),
        .string("nodes") { job, source, buffer in
            source.cluster.append(hostlist: source.cluster.listedNodes(of: job), to: &buffer)
        },
        .value("nice") { job, source, writer in
            if source.version <= .v38, job.nice == 0 { writer.null() } else { writer.integer(job.nice) }
        },
        .constant("tasks_per_core", number: .unset),
        .constant("tasks_per_tres", .since(.v39), number: .unset),
        .constant("tasks_per_node", number: .value(0)),
        .constant("tasks_per_socket", number: .unset),
        .constant("tasks_per_board", number: .value(0)),
        .number("cpus") { .value($1.cpus(of: $0)) },
        .number("node_count") { .value($1.nodeCount(of: $0)) },
        .number("tasks") { job, _ in .value(Int(job.request.tasks)) },
        .number("het_job_id", .upTo(.v38)) { job, _ in .value(Int(job.hetJob)) },
        .string("het_job_id_set", .upTo(.v38)) { job, _, buffer in job.appendHetJobIDs(to: &buffer) },
        .number("het_job_offset", .upTo(.v38)) { job, _ in .value(Int(job.hetOffset)) },
        .string("partition") { $1.cluster.append(partitionsOf: $0, to: &$2) },
        .empty("prefer"),
        .number("memory_per_node", .upTo(.v38)) { job, _ in job.request.memoryIfPerNode },
        .number("memory_per_cpu") { job, _ in job.request.memoryIfPerCPU },
        .number("memory_per_node", .since(.v39)) { job, _ in job.request.memoryIfPerNode },
        .number("minimum_cpus_per_node") { job, _ in .value(Int(job.request.cpusPerNode)) },
        .constant("minimum_tmp_disk_per_node", number: .value(0)),
        .constant("power/flags", .v39 ... .v44, words: []),
    ]

    private static let places: [Field<Job>] = [
        .time("preempt_time") { job, _ in job.preempted },
        .constant("preemptable_time", .since(.v39), time: .never),
        .time("pre_sus_time") { job, _ in Timestamp(job.ranBeforeSuspension) },
        .bool("hold", .since(.v39)) { job, _ in job.isHeld },
        .number("priority") { job, _ in .value(Int(job.priority)) },
        .value("priority_by_partition", .since(.v42)) { $2.priorities(of: $0, $1) },
        .null("profile", .upTo(.v38)),
        .constant("profile", .since(.v39), words: ["NOT_SET"]),
        .text("qos") { $1.name(of: $0.qos) },
        .constant("reboot", bool: false),
        .text("required_nodes") { $1.script(of: $0).requiredNodes },
        .constant("required_switches", .since(.v42), integer: 0),
        .constant("minimum_switches", .v39 ... .v41, integer: 0),
        .bool("requeue") { job, _ in job.traits.contains(.requeues) },
        .constant("resize_time", time: .never),
        .integer("restart_cnt") { job, _ in Int(job.restarts) },
        .text("resv_name") { $1.name(of: $0.reservation) },
        .empty("runtime", .since(.v46)),
        .empty("scheduled_nodes", .since(.v39)),
        .constant("segment_size", .since(.v43), integer: 0),
        .empty("selinux_context", .since(.v39)),
        .value("shared", .upTo(.v38)) { job, _, writer in
            if job.request.exclusive { writer.ascii("none") } else { writer.null() }
        },
        .words("shared", .v39 ... .v44) { job, _ in job.request.exclusive ? ["none"] : [] },
        .constant("shared", .since(.v45), words: []),
        .value("step_id", .since(.v44)) { $2.stepID(of: $0) },
        .words("exclusive", .v39 ... .v41) { job, _ in job.request.exclusive ? ["true"] : [] },
        .bool("oversubscribe", .v39 ... .v41) { job, _ in !job.request.exclusive },
        .constant("show_flags", .upTo(.v38), words: ["SHOW_ALL", "SHOW_DETAIL", "SHOW_LOCAL"]),
        .words("show_flags", .v39 ... .v41) {
            $1.shows.contains(.detail) ? ["ALL", "DETAIL", "LOCAL"] : ["ALL", "LOCAL"]
        }
        .removed(in: .v2411) { $0.emptyList() },
        .constant("sockets_per_board", integer: 0),
        .constant("sockets_per_node", number: .unset),
    ]

    private static let times: [Field<Job>] = [
        .time("start_time") { job, _ in job.started },
        .text("state_description") { $1.script(of: $0).stateDescription },
        .string("state_reason") { job, _, buffer in buffer.append(contentsOf: job.reason.rawValue.utf8) },
        .empty("standard_error", .upTo(.v38)),
        .string("standard_error", .v39 ... .v42) { $1.cluster.append(standardOutputOf: $0, to: &$2) },
        .constant("standard_input", text: "/dev/null"),
        .string("standard_output", .upTo(.v38)) { $1.appendOutputPattern(of: $0, to: &$2) },
        .string("standard_output", .v39 ... .v42) { $1.cluster.append(standardOutputOf: $0, to: &$2) },
        .string("standard_output", .since(.v43)) { $1.appendOutputPattern(of: $0, to: &$2) },
        .empty("standard_error", .since(.v43)),
        .constant("stdin_expanded", .since(.v43), text: "/dev/null"),
        .string("stdout_expanded", .since(.v43)) { $1.cluster.append(standardOutputOf: $0, to: &$2) },
        .empty("stderr_expanded", .since(.v43)),
        .time("submit_time") { job, _ in job.submitted },
        .string("submit_line", .since(.v44)) {
            $1.cluster.append(submitLineOf: $0.request, script: $0.script, to: &$2)
        },
        .time("suspend_time") { job, _ in job.suspended },
        .text("system_comment") { $1.script(of: $0).systemComment },
        .number("time_limit") { job, _ in Number(job.limit) },
        .constant("time_minimum", number: .value(0)),
        .constant("threads_per_core", number: .unset),
    ]

    private static let scripts: [Field<Job>] = [
        .empty("tres_bind"),
        .empty("tres_freq"),
        .empty("tres_per_job"),
        .string("tres_per_node") { job, source, buffer in
            source.cluster.append(
                gresRequest: job.request, prefix: source.release <= .v2302 ? "gres:" : "gres/", to: &buffer)
        },
        .empty("tres_per_socket"),
        .empty("tres_per_task"),
        .string("tres_req_str") { $1.cluster.append($1.cluster.requestedTRES(of: $0), to: &$2) },
        .string("tres_alloc_str") { $1.cluster.append($1.cluster.allocatedTRES(of: $0), to: &$2) },
        .integer("user_id") { Int($1.cluster.users[$0.user].uid) },
        .value("user_name") { $2.hostName($1.cluster.users[$0.user].name) },
        .constant("maximum_switch_wait_time", .since(.v39), integer: 0),
        .text("wckey") { $1.script(of: $0).wckey },
        .string("current_working_directory") {
            $1.cluster.append(workingDirectoryOf: $0.user, script: $0.script, to: &$2)
        },
    ]
}
