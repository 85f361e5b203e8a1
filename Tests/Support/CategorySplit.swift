/// The configurations of three exporters that share the work by category, each under a prefix of its own.
public enum CategorySplit {
    public static let cluster = """
        collectors:
          cluster:
            enabled: true
            interval: 30s
          nodes:
            enabled: false
          jobs:
            enabled: false
          users:
            enabled: false

        collection:
          intervals:
            cluster: 30s

        metrics:
          prefix: "slurm_cluster_"
        """

    public static let jobs = """
        collectors:
          cluster:
            enabled: false
          nodes:
            enabled: false
          jobs:
            enabled: true
            max_jobs: 5000        # a limit
            states: ["running", "pending"]
          users:
            enabled: false

        collection:
          intervals:
            jobs: 60s

        metrics:
          prefix: "slurm_jobs_"
        """

    public static let nodes = """
        collectors:
          cluster:
            enabled: false
          nodes:
            enabled: true
            partitions: ["gpu", "compute"]
          jobs:
            enabled: false
          users:
            enabled: false

        collection:
          intervals:
            nodes: 15s

        metrics:
          prefix: "slurm_nodes_"
        """
}
