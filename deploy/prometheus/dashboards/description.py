"""What the dashboards show. `generate` makes Grafana's JSON of it.

In queries `@` stands for the selected clusters, and `@p` for the selected partitions of them.
"""


def dashboard(uid, title, *rows, partitions=False):
    return {"uid": uid, "title": title, "rows": rows, "partitions": partitions}


def row(*panels):
    """Panels beside each other, of equal width."""
    return panels


def stat(title, query, unit="short", **options):
    return {"kind": "stat", "title": title, "queries": [(query, "")], "unit": unit, **options}


def graph(title, *queries, unit="short", **options):
    """Each query with the legend of its series."""
    return {"kind": "timeseries", "title": title, "queries": queries, "unit": unit, **options}


def table(title, query, unit="short"):
    return {"kind": "table", "title": title, "queries": [(query, "")], "unit": unit}


OVERVIEW = dashboard(
    "slurm-overview", "Slurm overview",
    row(
        stat("Controllers that answer", "sum(slurm_controller_up{@})"),
        stat("Nodes that work or could", "min by (cluster) (slurm_cluster_health{@})", "percentunit"),
        stat("CPUs in use", "slurm:cluster_cpu_utilization_ratio{@}", "percentunit"),
        stat("Memory in use", "slurm:cluster_memory_utilization_ratio{@}", "percentunit"),
        stat("GPUs in use", "max by (cluster) (slurm_cluster_gpu_utilization_ratio{@})", "percentunit"),
        stat("Running jobs", "sum(slurm_jobs_running{@})"),
        stat("Waiting jobs", "sum(slurm_jobs_pending{@})"),
        stat("Age of the oldest data", "max(slurm_exporter_data_age_seconds{@})", "s"),
    ),
    row(
        graph("Nodes by state", ("sum by (state) (slurm_cluster_nodes_total{@}) > 0", "{{state}}"), stack=True),
        graph("Jobs by state", ("sum by (state) (slurm_jobs_total{@}) > 0", "{{state}}"), stack=True),
    ),
    row(
        graph(
            "CPUs",
            ("sum by (cluster) (slurm_cluster_cpus_allocated{@})", "{{cluster}} in use"),
            ("sum by (cluster) (slurm_cluster_cpus_idle{@})", "{{cluster}} idle"),
            ("sum by (cluster) (slurm_cluster_cpus_total{@})", "{{cluster}} all"),
        ),
        graph(
            "Memory",
            ("sum by (cluster) (slurm_cluster_memory_allocated_bytes{@})", "{{cluster}} in use"),
            ("sum by (cluster) (slurm_cluster_memory_total_bytes{@})", "{{cluster}} all"),
            unit="bytes",
        ),
        graph(
            "GPUs",
            ("sum by (gpu_type) (slurm_cluster_gpus_allocated{@})", "{{gpu_type}} in use"),
            ("sum by (gpu_type) (slurm_cluster_gpus_total{@})", "{{gpu_type}} all"),
        ),
    ),
    row(
        graph("Waiting jobs by partition", ("slurm:partition_queue_depth{@} > 0", "{{partition}}")),
        graph("Wait of 95 % of the jobs that start", ("slurm:job_wait_time_p95_5m{@}", "{{partition}}"), unit="s"),
        graph("Licences in use", ("max by (license) (slurm_license_used{@})", "{{license}}")),
    ),
)

PARTITIONS = dashboard(
    "slurm-partitions", "Slurm partitions",
    row(
        graph("CPUs in use", ("max by (partition) (slurm_partition_utilization{@p})", "{{partition}}"), unit="percentunit"),
        graph(
            "Memory in use",
            ("max by (partition) (slurm_partition_memory_utilization_ratio{@p})", "{{partition}}"),
            unit="percentunit",
        ),
        graph(
            "GPUs in use",
            ("max by (partition, gpu_type) (slurm_partition_gpu_utilization_ratio{@p})", "{{partition}} {{gpu_type}}"),
            unit="percentunit",
        ),
    ),
    row(
        graph("Running jobs", ("sum by (partition) (slurm_partition_jobs_running{@p})", "{{partition}}")),
        graph(
            "Waiting jobs, in each partition that they may start in",
            ("sum by (partition) (slurm_partition_jobs_pending{@p})", "{{partition}}"),
        ),
        graph("CPUs that waiting jobs ask for", ("sum by (partition) (slurm_partition_jobs_requested_cpus{@p})", "{{partition}}")),
    ),
    row(
        graph("Nodes by state", ("sum by (state) (slurm_partition_nodes{@p}) > 0", "{{state}}"), stack=True),
        graph("Idle CPUs", ("sum by (partition) (slurm_partition_cpus_idle{@p})", "{{partition}}")),
        graph("CPU efficiency of ended jobs", ("slurm:partition_efficiency_ratio{@p}", "{{partition}}"), unit="percentunit"),
    ),
    row(
        table("Partitions", "max by (cluster, partition, state, default) (slurm_partition_info{@p})"),
        table("Longest time limit", "max by (cluster, partition) (slurm_partition_max_time_seconds{@p})", "s"),
    ),
    partitions=True,
)

JOBS = dashboard(
    "slurm-jobs", "Slurm jobs",
    row(
        stat("Running", "sum(slurm_jobs_running{@p})"),
        stat("Waiting", "sum(slurm_jobs_pending{@p})"),
        stat("Held", "sum(slurm_jobs_held{@p})"),
        stat("Started in an hour", "sum(increase(slurm_jobs_started_total{@p}[1h]))"),
        stat("Ended in an hour", "sum(increase(slurm_jobs_ended_total{@p}[1h]))"),
    ),
    row(
        graph("Jobs by state", ("sum by (state) (slurm:job_states_by_partition{@p}) > 0", "{{state}}"), stack=True),
        graph("Waiting jobs by reason", ("topk(10, sum by (reason) (slurm_jobs_pending_reason{@p}))", "{{reason}}"), stack=True),
    ),
    row(
        graph(
            "Jobs that start and end",
            ("sum(rate(slurm_jobs_started_total{@p}[$__rate_interval]))", "start"),
            ("sum by (state) (rate(slurm_jobs_ended_total{@p}[$__rate_interval]))", "{{state}}"),
            unit="ops",
        ),
        graph("Failures by user", ("topk(10, sum by (user) (slurm:job_failure_rate_1h{@p}))", "{{user}}"), unit="ops"),
    ),
    row(
        graph(
            "Wait until the start",
            ("histogram_quantile(0.5, sum by (le) (rate(slurm_job_wait_time_seconds_bucket{@p}[1h])))", "half of the jobs"),
            ("histogram_quantile(0.95, sum by (le) (rate(slurm_job_wait_time_seconds_bucket{@p}[1h])))", "95 %"),
            unit="s",
        ),
        graph(
            "Runtime",
            ("histogram_quantile(0.5, sum by (le) (rate(slurm_job_runtime_seconds_bucket{@p}[1h])))", "half of the jobs"),
            ("histogram_quantile(0.95, sum by (le) (rate(slurm_job_runtime_seconds_bucket{@p}[1h])))", "95 %"),
            unit="s",
        ),
    ),
    row(
        graph("CPUs wasted", ("slurm:cluster_cpu_waste_rate_1h{@} * 3600", "{{cluster}}")),
        graph("Memory wasted", ("slurm:partition_memory_waste_rate_1h{@p} * 3600 * 1e9", "{{partition}}"), unit="bytes"),
        graph(
            "CPU efficiency of ended jobs",
            (
                "sum by (partition) (rate(slurm_job_cpu_efficiency_ratio_sum{@p}[1h]))"
                " / sum by (partition) (rate(slurm_job_cpu_efficiency_ratio_count{@p}[1h]))",
                "{{partition}}",
            ),
            unit="percentunit",
        ),
    ),
    partitions=True,
)

NODES = dashboard(
    "slurm-nodes", "Slurm nodes and GPUs",
    row(
        graph("Nodes by state", ("sum by (state) (slurm_nodes_total{@}) > 0", "{{state}}"), stack=True),
        graph("Nodes by flag", ("sum by (flag) (slurm_nodes_flags{@})", "{{flag}}")),
        graph(
            "Changes of state in an hour",
            ("sum by (from, to) (increase(slurm_node_state_transitions_total{@}[1h]))", "{{from}} to {{to}}"),
        ),
    ),
    row(
        table("Why nodes are down or drained", "max by (cluster, node, reason, user) (slurm_node_reason_info{@})"),
    ),
    row(
        graph("GPUs in use", ("max by (cluster) (slurm_cluster_gpu_utilization_ratio{@})", "{{cluster}}"), unit="percentunit"),
        graph(
            "GPUs by type",
            ("sum by (gpu_type) (slurm_cluster_gpus_allocated{@})", "{{gpu_type}} in use"),
            ("sum by (gpu_type) (slurm_cluster_gpus_total{@})", "{{gpu_type}} all"),
        ),
        graph("GPUs by state of their node", ("sum by (state) (slurm_cluster_gpus{@}) > 0", "{{state}}"), stack=True),
    ),
    row(
        graph("Busiest nodes", ("topk(20, slurm:node_utilization_5m{@})", "{{node}}"), unit="percentunit"),
        graph("Load by CPU", ("topk(20, slurm_node_load{@} / slurm_node_cpus_total{@})", "{{node}}")),
        graph("Least free memory", ("bottomk(20, slurm_node_memory_free_bytes{@})", "{{node}}"), unit="bytes"),
    ),
    row(
        graph("Power", ("sum by (cluster) (slurm_cluster_power_usage_watts{@})", "{{cluster}}"), unit="watt"),
        graph(
            "Energy by node", ("topk(20, rate(slurm_node_energy_joules_total{@}[$__rate_interval]))", "{{node}}"), unit="watt",
        ),
    ),
)

OWNERS = dashboard(
    "slurm-users", "Slurm users and accounts",
    row(
        graph("CPUs by user", ("topk(10, sum by (user) (slurm_user_cpus_allocated{@}))", "{{user}}"), stack=True),
        graph("CPUs by account", ("topk(10, sum by (account) (slurm_account_cpus_allocated{@}))", "{{account}}"), stack=True),
        graph("GPUs by account", ("topk(10, sum by (account) (slurm_account_gpus_allocated{@}))", "{{account}}"), stack=True),
    ),
    row(
        graph(
            "Waiting jobs by user",
            ('topk(10, sum by (user) (slurm_user_jobs_total{@, state="pending"}))', "{{user}}"),
        ),
        graph(
            "Running jobs by account",
            ('topk(10, sum by (account) (slurm_account_jobs_total{@, state="running"}))', "{{account}}"),
        ),
        graph("Jobs completed by account", ("topk(10, slurm:account_job_completion_rate_1h{@})", "{{account}}"), unit="ops"),
    ),
    row(
        table("CPU hours in a day", "topk(20, slurm:user_cpu_hours_24h{@})"),
        table("CPU hours used of the limit", "max by (cluster, account) (slurm_account_usage_cpu_hours{@}) / max by (cluster, account) (slurm_account_quota_cpu_hours{@})", "percentunit"),
    ),
    row(
        graph("Fair share of accounts", ("max by (account) (slurm_account_fairshare{@})", "{{account}}")),
        graph("Level of accounts: above 1 they had less than their share", ("max by (account) (slurm_account_fairshare_level{@}) < Inf", "{{account}}")),
        table("Fair share of users", "bottomk(20, slurm_user_fairshare{@})"),
    ),
)

SCHEDULER = dashboard(
    "slurm-scheduler", "Slurm scheduler",
    row(
        graph(
            "Cycles of the main scheduler",
            ("max by (cluster) (slurm_scheduler_cycle_last_seconds{@})", "{{cluster}} last"),
            ("max by (cluster) (slurm_scheduler_cycle_mean_seconds{@})", "{{cluster}} mean"),
            ("max by (cluster) (slurm_scheduler_cycle_max_seconds{@})", "{{cluster}} longest"),
            unit="s",
        ),
        graph(
            "Cycles of backfill",
            ("max by (cluster) (slurm_backfill_cycle_last_seconds{@})", "{{cluster}} last"),
            ("max by (cluster) (slurm_backfill_cycle_mean_seconds{@})", "{{cluster}} mean"),
            ("max by (cluster) (slurm_backfill_cycle_max_seconds{@})", "{{cluster}} longest"),
            unit="s",
        ),
        graph(
            "Why cycles ended",
            ("sum by (reason) (increase(slurm_scheduler_exit_total{@}[1h]))", "{{reason}}"),
            ("sum by (reason) (increase(slurm_backfill_exit_total{@}[1h]))", "backfill {{reason}}"),
        ),
    ),
    row(
        graph(
            "Jobs that slurmctld handles",
            ("sum(rate(slurm_scheduler_jobs_submitted_total{@}[$__rate_interval]))", "submitted"),
            ("sum(rate(slurm_scheduler_jobs_started_total{@}[$__rate_interval]))", "started"),
            ("sum(rate(slurm_scheduler_jobs_completed_total{@}[$__rate_interval]))", "completed"),
            ("sum(rate(slurm_backfill_jobs_total{@}[$__rate_interval]))", "started by backfill"),
            unit="ops",
        ),
        graph(
            "Queues of slurmctld",
            ("max by (cluster) (slurm_scheduler_queue_length{@})", "{{cluster}} jobs to schedule"),
            ("max by (cluster) (slurm_backfill_last_depth{@})", "{{cluster}} looked at by backfill"),
            ("max by (cluster) (slurm_scheduler_agent_queue_size{@})", "{{cluster}} messages to nodes"),
            ("max by (cluster) (slurm_scheduler_dbd_queue_size{@})", "{{cluster}} messages to slurmdbd"),
        ),
        graph("Threads of slurmctld", ("max by (cluster) (slurm_scheduler_threads{@})", "{{cluster}}")),
    ),
    row(
        graph(
            "Calls by type",
            ("topk(10, sum by (message_type) (rate(slurm_rpc_calls_total{@}[$__rate_interval])))", "{{message_type}}"),
            unit="reqps",
        ),
        graph(
            "Time spent on calls by type",
            ("topk(10, sum by (message_type) (rate(slurm_rpc_duration_seconds_total{@}[$__rate_interval])))", "{{message_type}}"),
            unit="percentunit",
        ),
        graph(
            "Calls by user",
            ("topk(10, sum by (user) (rate(slurm_rpc_user_calls_total{@}[$__rate_interval])))", "{{user}}"),
            unit="reqps",
        ),
    ),
    row(
        graph("Controllers that answer", ("max by (host, mode) (slurm_controller_up{@})", "{{host}} ({{mode}})")),
        graph("Answer to a ping", ("max by (host) (slurm_controller_ping_latency_seconds{@})", "{{host}}"), unit="s"),
        graph("slurmdbd answers", ("max by (cluster) (slurm_database_up{@})", "{{cluster}}")),
    ),
)

FLEET = dashboard(
    "slurm-fleet", "Slurm exporter fleet",
    row(
        stat("Leaders", "sum(slurm_fleet_is_leader)"),
        stat("Epoch", "max(slurm_fleet_leader_epoch)"),
        stat("Current slices", "min(slurm_fleet_coverage_ratio{@})", "percentunit"),
        stat("Incomplete families", "count(slurm_fleet_family_complete{@}) - sum(slurm_fleet_family_complete{@})"),
        stat("Shards that are ready", 'max(slurm_fleet_shards{state="ready"})'),
        stat("Shards that are lost", 'max(slurm_fleet_shards{state="lost"})'),
        stat("Series at /federate", "max(slurm_fleet_federation_series)"),
    ),
    row(
        graph("Who leads", ("slurm_fleet_is_leader", "{{instance}}")),
        graph("Shards by state", ("max by (state) (slurm_fleet_shards)", "{{state}}")),
        graph("Slices by state", ("max by (state) (slurm_fleet_slices)", "{{state}}")),
    ),
    row(
        graph("Age of the lease", ("min by (instance) (slurm_fleet_lease_age_seconds)", "{{instance}}"), unit="s"),
        graph("Renewal of the lease", ("max by (instance) (slurm_fleet_lease_renewal_seconds)", "{{instance}}"), unit="s"),
        graph(
            "Failures at the lease",
            ("sum by (instance, kind) (increase(slurm_fleet_lease_errors_total[15m]))", "{{instance}} {{kind}}"),
        ),
    ),
    row(
        graph("Load of shards, in seconds of work a minute", ("max by (shard) (slurm_fleet_shard_load)", "{{shard}}"), unit="s"),
        graph("Weight of slices", ("max by (slice) (slurm_fleet_slice_weight)", "{{slice}}"), unit="s"),
        graph("Time since a shard was heard", ("min by (shard) (slurm_fleet_heartbeat_age_seconds)", "{{shard}}"), unit="s"),
    ),
    row(
        graph("What moves", ("sum(increase(slurm_fleet_moves_total[$__rate_interval]))", "slices and upstreams")),
        graph("Slices that could not be fetched", ("sum by (reason) (rate(slurm_fleet_slice_errors_total[$__rate_interval]))", "{{reason}}"), unit="ops"),
        graph(
            "Plans that shards refused",
            ("max by (shard, reason) (slurm_fleet_refused_plans)", "{{shard}} {{reason}}"),
        ),
    ),
    row(
        graph("Answers of /federate", ("sum by (instance) (rate(slurm_fleet_federate_answers_total[$__rate_interval]))", "{{instance}}"), unit="reqps"),
        graph("Where slices are", ('slurm_exporter_slice_state{@, state="serving"} == 1', "{{slice}} at {{instance}}")),
    ),
)

EXPORTER = dashboard(
    "slurm-exporter-ops", "Slurm exporter performance",
    row(
        stat("Slurm answers", "min by (cluster) (slurm_exporter_upstream_up{@})"),
        stat("Collectors that succeed", "avg(slurm_exporter_collector_up{@})", "percentunit"),
        stat("Circuit breaker", "max by (cluster) (slurm_exporter_circuit_breaker_state{@})"),
        stat("Slurm is busy with us", "max by (cluster) (slurm_exporter_duty_cycle_ratio{@})", "percentunit"),
        stat("Series", "sum(slurm_exporter_cardinality_current{@})"),
    ),
    row(
        graph(
            "Collection duration",
            ("histogram_quantile(0.95, sum by (collector, le) (rate(slurm_exporter_collection_duration_seconds_bucket{@}[5m])))", "{{collector}} 95th percentile"),
            ("histogram_quantile(0.50, sum by (collector, le) (rate(slurm_exporter_collection_duration_seconds_bucket{@}[5m])))", "{{collector}} median"),
            unit="s",
        ),
        graph("Memory usage", ("max by (instance) (slurm_exporter_memory_usage_bytes)", "{{instance}}"), unit="bytes"),
        graph("API request rate", ("sum by (endpoint, status) (rate(slurm_exporter_api_requests_total{@}[5m]))", "{{endpoint}} {{status}}"), unit="reqps"),
    ),
    row(
        graph(
            "API request duration",
            ("histogram_quantile(0.95, sum by (endpoint, le) (rate(slurm_exporter_api_request_duration_seconds_bucket{@}[5m])))", "{{endpoint}}"),
            unit="s",
        ),
        graph("Bytes from Slurm", ("sum by (endpoint) (rate(slurm_exporter_response_bytes_total{@}[5m]))", "{{endpoint}}"), unit="Bps"),
        graph("Intervals of feeds", ("max by (feed) (slurm_exporter_feed_interval_seconds{@})", "{{feed}}"), unit="s"),
    ),
    row(
        graph("Age of data", ("max by (collector) (slurm_exporter_data_age_seconds{@})", "{{collector}}"), unit="s"),
        graph(
            "Failed collections",
            ("sum by (collector, error_type) (rate(slurm_exporter_collection_errors_total{@}[5m]))", "{{collector}} {{error_type}}"),
            unit="ops",
        ),
        graph(
            "Answers that could not be read",
            ("sum by (feed, kind) (increase(slurm_exporter_decode_errors_total{@}[15m]))", "{{feed}} {{kind}}"),
        ),
    ),
    row(
        graph("Scrape duration", ("max by (instance) (slurm_exporter_scrape_duration_seconds)", "{{instance}}"), unit="s"),
        graph("Scrapes from finished bytes", ("min by (instance) (slurm_exporter_cache_hit_ratio)", "{{instance}}"), unit="percentunit"),
        graph("Processors in use", ('rate(process_cpu_seconds_total{job=~"slurm-.*"}[$__rate_interval])', "{{job}} {{instance}}")),
    ),
    row(
        graph("Largest families", ("topk(10, sum by (family) (slurm_exporter_series_count{@}))", "{{family}}")),
        graph("Series left out", ("sum by (family, reason) (increase(slurm_exporter_series_dropped_total[15m]))", "{{family}} {{reason}}")),
        graph("Resident memory", ('process_resident_memory_bytes{job=~"slurm-.*"}', "{{job}} {{instance}}"), unit="bytes"),
    ),
)

DASHBOARDS = [OVERVIEW, PARTITIONS, JOBS, NODES, OWNERS, SCHEDULER, FLEET, EXPORTER]
