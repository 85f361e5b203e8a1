import Collectors

/// The page that shows other exporters' metrics beside this one's.
enum CompatibilityPage {
    static var text: String {
        introduction
            + CompatibilitySet.allCases.map { "## \($0.title)\n\n\($0.introduction)\n\n\($0.markdown)" }
            .joined(separator: "\n")
    }

    private static let introduction = """
        # Other exporters' metrics

        Dashboards and rules that were written for another exporter go on working: with

            metrics:
              compatibility: [vpenso, rivosinc, native]

        a shard serves these exporters' metrics at `/metrics?set=vpenso`, `/metrics?set=rivosinc` and `/metrics?set=native`,
        under their names, with their labels and meaning. This page is printed by `slurm-shard compatibility`.

        A target in Prometheus needs nothing but the parameter:

            scrape_configs:
              - job_name: slurm
                params: {set: [vpenso]}
                static_configs: [{targets: ["shard:9341"]}]

        - A set is a page of its own. `/metrics` without `set=` doesn't have it, and it has nothing of `/metrics`, so nothing is
          summed twice; `metrics.prefix` doesn't change its names. How old its data is, `/metrics` says: what is too old is
          absent on both.
        - Values are true where the original's are wrong; the last column, and the family's help, say how. What a site's Slurm
          doesn't say is absent, not 0.
        - It costs Slurm nothing, as it is made from the answers that are there anyway, and it is counted only while it is
          switched on. Like the page itself it is rendered when data comes, in the forms in which it was asked for in the last
          minutes.
        - Each family belongs to the collector that has its counterpart: `collect[]=` takes these names, `cluster=` those of
          clusters, both together what is in both. Where collectors are switched off, their families are absent, and the
          answer's header `Slurm-Exporter-Missing` names them. Series of each node need `collectors.nodes.include_series`,
          limits of accounts `collectors.fairshare.include_limits`.
        - `exclude_users`, `label_limits`, `max_series` and the memory limit hold as on `/metrics`.
        - These exporters know one cluster, so there is no label `cluster` unless several are configured.
        - In a fleet a set is on the shard that asks the cluster, whole, whoever counts its slices: scrape all shards.
        - A set that is unknown, or switched off, is a 400 that says which there are.


        """
}

extension CompatibilitySet {
    fileprivate var title: String {
        switch self {
        case .vpenso: "`set=vpenso`: prometheus-slurm-exporter of vpenso and lcrownover"
        case .rivosinc: "`set=rivosinc`: prometheus-slurm-exporter of rivosinc"
        case .native: "`set=native`: slurmctld's own /metrics"
        }
    }

    fileprivate var introduction: String {
        switch self {
        case .vpenso:
            """
            What Grafana's dashboard 4323 shows. Of users and accounts there are series as soon as they have jobs, also while a
            figure is 0, where the original leaves it out.
            """
        case .rivosinc:
            """
            What Grafana's dashboard 19835 shows. Series of each job are not here: the original declares
            `slurm_job_alloc_cpus` and `slurm_job_alloc_mem` and never sends them, and `slurm_job_cpu_alloc`,
            `slurm_job_mem_alloc` and `slurm_proc_…` come from a program in each job, which sends them by `POST /trace`.
            Jobs are those of `squeue --states=all`, and so ended ones count under their states for as long as Slurm lists them.
            """
        case .native:
            """
            What Slurm 25.11 and 26.05 serve with `MetricsType=metrics/openmetrics`, also for older releases. The paths are served,
            too: `/metrics/jobs`, `/metrics/nodes`, `/metrics/partitions`, `/metrics/jobs-users-accts` and `/metrics/scheduler`. Label
            values are escaped, and who asks for OpenMetrics gets it with its end. All are gauges, as there. Where an old API version
            shows one state of a job that has several, base states and flags are counted as far as that says them.
            """
        }
    }
}
