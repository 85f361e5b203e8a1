/// The names and labels of other exporters' metrics, as their sources declare them.
enum PeerNames {
    /// Of release 0.20, and three of lcrownover's.
    static let vpenso = set(
        """
        slurm_account_cpus_pending{account} slurm_account_cpus_running{account} slurm_account_fairshare{account}
        slurm_account_jobs_pending{account} slurm_account_jobs_running{account}
        slurm_account_jobs_suspended{account} slurm_cpus_alloc slurm_cpus_idle slurm_cpus_other slurm_cpus_total
        slurm_gpus_alloc slurm_gpus_idle slurm_gpus_total slurm_gpus_utilization slurm_node_cpu_alloc{node,status}
        slurm_node_cpu_idle{node,status} slurm_node_cpu_other{node,status} slurm_node_cpu_total{node,status}
        slurm_node_mem_alloc{node,status} slurm_node_mem_total{node,status} slurm_nodes_alloc slurm_nodes_comp
        slurm_nodes_down slurm_nodes_drain slurm_nodes_err slurm_nodes_fail slurm_nodes_idle slurm_nodes_maint
        slurm_nodes_mix slurm_nodes_reboot slurm_nodes_resv slurm_partition_cpus_allocated{partition}
        slurm_partition_cpus_idle{partition} slurm_partition_cpus_other{partition}
        slurm_partition_cpus_total{partition} slurm_partition_jobs_pending{partition} slurm_queue_cancelled
        slurm_queue_completed slurm_queue_completing slurm_queue_configuring slurm_queue_failed
        slurm_queue_node_fail slurm_queue_pending slurm_queue_pending_dependency slurm_queue_preempted
        slurm_queue_running slurm_queue_suspended slurm_queue_timeout slurm_scheduler_backfill_depth_mean
        slurm_scheduler_backfill_last_cycle slurm_scheduler_backfill_mean_cycle
        slurm_scheduler_backfilled_heterogeneous_total slurm_scheduler_backfilled_jobs_since_cycle_total
        slurm_scheduler_backfilled_jobs_since_start_total slurm_scheduler_cycle_per_minute
        slurm_scheduler_dbd_queue_size slurm_scheduler_last_cycle slurm_scheduler_mean_cycle
        slurm_scheduler_queue_size slurm_scheduler_threads slurm_user_cpus_pending{user}
        slurm_user_cpus_running{user} slurm_user_jobs_pending{user} slurm_user_jobs_running{user}
        slurm_user_jobs_suspended{user}
        """)

    /// Of release 1.7.0, without those that it never sends and those of its tracing.
    static let rivosinc = set(
        """
        slurm_account_collect_error slurm_account_cpu_limit{account} slurm_account_job_alloc_limit{account}
        slurm_account_job_limit{account} slurm_account_job_state_cpu_alloc{account,state}
        slurm_account_job_state_mem_alloc{account,state} slurm_account_job_state_total{account,state}
        slurm_account_mem_limit{account} slurm_account_scrape_error slurm_backfill_cycle_count
        slurm_backfill_cycle_counter slurm_backfill_job_count slurm_backfill_last_depth
        slurm_backfill_last_depth_try_sched slurm_cpu_load slurm_cpus_idle slurm_cpus_per_state{state}
        slurm_cpus_total slurm_daemon_thread_count slurm_dbd_agent_queue_size slurm_diag_scrape_duration
        slurm_diag_scrape_error slurm_feature_cpu_alloc{feature} slurm_feature_mem_alloc{feature}
        slurm_feature_total{feature} slurm_job_scrape_duration slurm_job_scrape_error slurm_lic_free{name}
        slurm_lic_last_consumed{name} slurm_lic_last_deficit{name} slurm_lic_reserved{name} slurm_lic_scrape_error
        slurm_lic_total{name} slurm_lic_used{name} slurm_limit_scrape_duration slurm_mem_alloc slurm_mem_free
        slurm_mem_real slurm_node_count_per_state{state} slurm_node_scrape_duration slurm_node_scrape_error
        slurm_partition_alloc_cpus{partition,state} slurm_partition_alloc_mem{partition,state}
        slurm_partition_cpu_load{partition} slurm_partition_free_mem{partition} slurm_partition_idle_cpus{partition}
        slurm_partition_job_state_total{partition,state} slurm_partition_node_count{partition,state}
        slurm_partition_real_mem{partition} slurm_partition_total_cpus{partition} slurm_partition_weight{partition}
        slurm_pending_reason_total{reason} slurm_rpc_msg_type_avg_time{type} slurm_rpc_msg_type_count{type}
        slurm_rpc_msg_type_total_time{type} slurm_rpc_user_count{user} slurm_rpc_user_total_time{user}
        slurm_user_cpu_alloc{username,state} slurm_user_mem_alloc{username,state}
        slurm_user_state_total{username,state}
        """)

    /// Of Slurm 26.05.
    static let native = set(
        """
        slurm_account_jobs_bootfail{account} slurm_account_jobs_cancelled{account}
        slurm_account_jobs_completed{account} slurm_account_jobs_completing{account}
        slurm_account_jobs_configuring{account} slurm_account_jobs_cpus_alloc{account}
        slurm_account_jobs_deadline{account} slurm_account_jobs_expediting{account}
        slurm_account_jobs_failed{account} slurm_account_jobs_fed_requeued{account}
        slurm_account_jobs_finished{account} slurm_account_jobs_gpus_alloc{account} slurm_account_jobs_hold{account}
        slurm_account_jobs_memory_alloc{account} slurm_account_jobs_node_failed{account}
        slurm_account_jobs_nodes_alloc{account} slurm_account_jobs_outofmemory{account}
        slurm_account_jobs_pending{account} slurm_account_jobs_powerup_node{account}
        slurm_account_jobs_preempted{account} slurm_account_jobs_requeued{account}
        slurm_account_jobs_resizing{account} slurm_account_jobs_revoked{account} slurm_account_jobs_running{account}
        slurm_account_jobs_signaling{account} slurm_account_jobs_stageout{account}
        slurm_account_jobs_started{account} slurm_account_jobs_suspended{account}
        slurm_account_jobs_timeout{account} slurm_account_jobs{account} slurm_agent_cnt slurm_agent_queue_size
        slurm_agent_thread_cnt slurm_backfilled_het_jobs slurm_backfilled_jobs slurm_bf_active slurm_bf_cycle_cnt
        slurm_bf_cycle_last slurm_bf_cycle_max slurm_bf_cycle_tot slurm_bf_depth_mean slurm_bf_depth_tot
        slurm_bf_depth_try_tot slurm_bf_exit_end slurm_bf_exit_max_job_start slurm_bf_exit_max_job_test
        slurm_bf_exit_state_changed slurm_bf_exit_table_limit slurm_bf_exit_timeout slurm_bf_last_depth
        slurm_bf_last_depth_try slurm_bf_mean_cycle slurm_bf_mean_table_sz slurm_bf_queue_len
        slurm_bf_queue_len_mean slurm_bf_queue_len_tot slurm_bf_table_size slurm_bf_table_size_tot
        slurm_bf_try_depth_mean slurm_bf_when_last_cycle slurm_jobs slurm_jobs_bootfail slurm_jobs_cancelled
        slurm_jobs_completed slurm_jobs_completing slurm_jobs_configuring slurm_jobs_cpus_alloc slurm_jobs_deadline
        slurm_jobs_expediting slurm_jobs_failed slurm_jobs_fed_requeued slurm_jobs_finished slurm_jobs_gpus_alloc
        slurm_jobs_hold slurm_jobs_memory_alloc slurm_jobs_node_failed slurm_jobs_nodes_alloc slurm_jobs_outofmemory
        slurm_jobs_pending slurm_jobs_powerup_node slurm_jobs_preempted slurm_jobs_requeued slurm_jobs_resizing
        slurm_jobs_revoked slurm_jobs_running slurm_jobs_signaling slurm_jobs_stageout slurm_jobs_started
        slurm_jobs_suspended slurm_jobs_timeout slurm_last_backfilled_jobs slurm_last_proc_req_start
        slurm_node_cpus_alloc{node} slurm_node_cpus_effective{node} slurm_node_cpus_idle{node} slurm_node_cpus{node}
        slurm_node_gpus_alloc{node} slurm_node_gpus{node} slurm_node_memory_alloc_bytes{node}
        slurm_node_memory_bytes{node} slurm_node_memory_effective_bytes{node} slurm_node_memory_free_bytes{node}
        slurm_nodes slurm_nodes_alloc slurm_nodes_blocked slurm_nodes_cloud slurm_nodes_completing slurm_nodes_down
        slurm_nodes_drain slurm_nodes_drained slurm_nodes_draining slurm_nodes_dyn_future slurm_nodes_dyn_normal
        slurm_nodes_external slurm_nodes_fail slurm_nodes_future slurm_nodes_idle slurm_nodes_invalid_reg
        slurm_nodes_maint slurm_nodes_mixed slurm_nodes_noresp slurm_nodes_planned slurm_nodes_power_down
        slurm_nodes_power_up slurm_nodes_powered_down slurm_nodes_powering_up slurm_nodes_reboot_issued
        slurm_nodes_reboot_req slurm_nodes_resv slurm_nodes_unknown slurm_partition_cpus{partition}
        slurm_partition_gpus{partition} slurm_partition_jobs_bootfail{partition}
        slurm_partition_jobs_cancelled{partition} slurm_partition_jobs_completed{partition}
        slurm_partition_jobs_completing{partition} slurm_partition_jobs_configuring{partition}
        slurm_partition_jobs_cpus_alloc{partition} slurm_partition_jobs_deadline{partition}
        slurm_partition_jobs_expediting{partition} slurm_partition_jobs_failed{partition}
        slurm_partition_jobs_fed_requeued{partition} slurm_partition_jobs_finished{partition}
        slurm_partition_jobs_gpus_alloc{partition} slurm_partition_jobs_hold{partition}
        slurm_partition_jobs_max_job_nodes_nohold{partition} slurm_partition_jobs_max_job_nodes{partition}
        slurm_partition_jobs_memory_alloc{partition} slurm_partition_jobs_min_job_nodes_nohold{partition}
        slurm_partition_jobs_min_job_nodes{partition} slurm_partition_jobs_node_failed{partition}
        slurm_partition_jobs_outofmemory{partition} slurm_partition_jobs_pending{partition}
        slurm_partition_jobs_powerup_node{partition} slurm_partition_jobs_preempted{partition}
        slurm_partition_jobs_requeued{partition} slurm_partition_jobs_resizing{partition}
        slurm_partition_jobs_revoked{partition} slurm_partition_jobs_running{partition}
        slurm_partition_jobs_signaling{partition} slurm_partition_jobs_stageout{partition}
        slurm_partition_jobs_started{partition} slurm_partition_jobs_suspended{partition}
        slurm_partition_jobs_timeout{partition} slurm_partition_jobs_wait_part_node_limit{partition}
        slurm_partition_jobs{partition} slurm_partition_nodes_alloc{partition}
        slurm_partition_nodes_blocked{partition} slurm_partition_nodes_cg{partition}
        slurm_partition_nodes_cloud{partition} slurm_partition_nodes_cpus_alloc{partition}
        slurm_partition_nodes_cpus_efctv{partition} slurm_partition_nodes_cpus_idle{partition}
        slurm_partition_nodes_down{partition} slurm_partition_nodes_drained{partition}
        slurm_partition_nodes_draining{partition} slurm_partition_nodes_drain{partition}
        slurm_partition_nodes_dyn_future{partition} slurm_partition_nodes_dyn_normal{partition}
        slurm_partition_nodes_external{partition} slurm_partition_nodes_fail{partition}
        slurm_partition_nodes_future{partition} slurm_partition_nodes_idle{partition}
        slurm_partition_nodes_invalid_reg{partition} slurm_partition_nodes_maint{partition}
        slurm_partition_nodes_mem_alloc{partition} slurm_partition_nodes_mem_avail{partition}
        slurm_partition_nodes_mem_free{partition} slurm_partition_nodes_mem_tot{partition}
        slurm_partition_nodes_mixed{partition} slurm_partition_nodes_no_resp{partition}
        slurm_partition_nodes_planned{partition} slurm_partition_nodes_power_down{partition}
        slurm_partition_nodes_power_up{partition} slurm_partition_nodes_powered_down{partition}
        slurm_partition_nodes_powering_down{partition} slurm_partition_nodes_powering_up{partition}
        slurm_partition_nodes_reboot_issued{partition} slurm_partition_nodes_reboot_requested{partition}
        slurm_partition_nodes_resv{partition} slurm_partition_nodes_unknown{partition}
        slurm_partition_nodes{partition} slurm_partitions slurm_sched_exit_end slurm_sched_exit_lic
        slurm_sched_exit_max_depth slurm_sched_exit_max_job_start slurm_sched_exit_rpc_cnt slurm_sched_exit_timeout
        slurm_sched_mean_cycle slurm_sched_mean_depth_cycle slurm_sched_stats_timestamp slurm_schedule_cycle_cnt
        slurm_schedule_cycle_depth slurm_schedule_cycle_last slurm_schedule_cycle_max slurm_schedule_cycle_tot
        slurm_schedule_queue_len slurm_sdiag_job_states_ts slurm_sdiag_jobs_canceled slurm_sdiag_jobs_completed
        slurm_sdiag_jobs_failed slurm_sdiag_jobs_pending slurm_sdiag_jobs_running slurm_sdiag_jobs_started
        slurm_sdiag_jobs_submitted slurm_sdiag_latency slurm_server_thread_cnt slurm_slurmdbd_queue_size
        slurm_user_jobs_bootfail{username} slurm_user_jobs_cancelled{username} slurm_user_jobs_completed{username}
        slurm_user_jobs_completing{username} slurm_user_jobs_configuring{username}
        slurm_user_jobs_cpus_alloc{username} slurm_user_jobs_deadline{username} slurm_user_jobs_expediting{username}
        slurm_user_jobs_failed{username} slurm_user_jobs_fed_requeued{username} slurm_user_jobs_finished{username}
        slurm_user_jobs_gpus_alloc{username} slurm_user_jobs_hold{username} slurm_user_jobs_memory_alloc{username}
        slurm_user_jobs_node_failed{username} slurm_user_jobs_nodes_alloc{username}
        slurm_user_jobs_outofmemory{username} slurm_user_jobs_pending{username}
        slurm_user_jobs_powerup_node{username} slurm_user_jobs_preempted{username}
        slurm_user_jobs_requeued{username} slurm_user_jobs_resizing{username} slurm_user_jobs_revoked{username}
        slurm_user_jobs_running{username} slurm_user_jobs_signaling{username} slurm_user_jobs_stageout{username}
        slurm_user_jobs_started{username} slurm_user_jobs_suspended{username} slurm_user_jobs_timeout{username}
        slurm_user_jobs{username}
        """)

    private static func set(_ text: String) -> Set<String> {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
    }
}
