import Collectors
import Metrics
import ShardSettings
import Snapshots
import Upstreams

/// The page that documents every metric.
enum CataloguePage {
    static var text: String { introduction + Catalogue().markdown + ownIntroduction + ownFamilies.markdown }

    private static var ownFamilies: [MetricFamily] {
        let bounds = ExporterFigures().requestDuration.shownBounds
        return UpstreamMetrics.families(durationBounds: bounds) + Snapshots.ownFamilies
    }

    private static let introduction = """
        # Metrics of slurm-shard

        Every series has the label `cluster`, too. A slice's prefix stands in place of `slurm_`.
        This page is printed by `slurm-shard catalogue`.

        ## Which sum is right

        Partitions may overlap: a node can be in several, and a job can wait in several until it starts. So the same node
        or job is seen from each of them, and adding up what partitions show counts it more than once.

        | what is wanted | take | rather than |
        |---|---|---|
        | nodes of a cluster | `sum by (cluster) (slurm_nodes_total)`, `slurm_cluster_nodes_total` | `sum(slurm_partition_nodes_total)` |
        | CPUs, memory, GPUs of a cluster, and how many are in use | `slurm_cluster_cpus_total`, `slurm_cluster_cpus_allocated`, `slurm_cluster_memory_…`, `slurm_cluster_gpus_…` | `sum(slurm_partition_cpus_total)`, `sum(slurm_partition_cpus_allocated)` … |
        | share of a cluster that is in use | `slurm_cluster_utilization`, `slurm_cluster_memory_utilization_ratio` … | a ratio of two sums over partitions, which gives nodes in several more weight |
        | what jobs have, by partition and added up | `slurm_partition_job_cpus_allocated` …, `slurm_jobs_allocated_cpus` …: a job runs in one partition | `slurm_partition_cpus_allocated`, which has the jobs of other partitions on the same nodes |
        | waiting jobs of a cluster | `sum(slurm_jobs_pending)`: each job in its home partition | `sum(slurm_partition_jobs_pending)` |
        | how long a partition's queue looks to its users | `slurm_partition_jobs_pending` | `slurm_jobs_pending` |
        | some of the partitions together | `sum(slurm_node_cpus_allocated and on (cluster, node) slurm_node_partition{partition=~"a\\|b"})` | a sum over these partitions |

        `slurm_jobs_…`, `slurm_nodes_…`, `slurm_cluster_…`, `slurm_user_…` and `slurm_account_…` count each job and node once:
        a job in its home partition, which is the one that it runs in or the first that it may start in; a node in the first of
        its partitions by name. `slurm_partition_…` shows each partition by itself. The states of a family with the label
        `state` add up to all; flags don't, as a job or node may have several.

        ## What is missing

        What Slurm doesn't say has no series: an unlimited time has no limit, and GPUs that `AccountingStorageTRES` doesn't
        track are not 0. 0 means that there is none.

        ## Counters and limits

        Counters begin at 0 with the exporter. Those of slurmctld are shown as Slurm gives them: it sets some to 0 each midnight
        UTC, as their help says.

        Where `label_limits` (or `max_users`, `max_accounts`) bounds the values of a label, the rest is one series, `other`.
        Gauges name the values that weigh most at the moment. Counters and histograms don't change whom they name, as `other`
        would fall: places go to the heaviest at first, and as they are taken they stay taken until the exporter starts again.
        Totals are exact either way.


        """

    private static let ownIntroduction = """

        ## The exporter itself

        These take no prefix. Besides them there are `slurm_exporter_http_…`, `slurm_exporter_log_…`, `slurm_exporter_config_…`,
        `slurm_exporter_cgroup_…` and `process_…`, which every program of this project has.


        """
}
