/// The YAML of a shard that asks one simulator as often as it may.
enum ClusterConfiguration {
    /// Every feed each second, and what it answers holds for long.
    static let fast = """
        collection:
          max_load: 1
          staleness_factor: 100
          intervals: {cluster: 1s, nodes: 1s, partitions: 1s, jobs: 1s, users: 1s, accounts: 1s, scheduler: 1s}

        """

    static func slurm(_ simulator: RunningSimulator, name: String = "alpha", _ more: String = "") -> String {
        "slurm: {cluster: \(name), base_url: \"http://\(simulator.address)\"\(more.isEmpty ? "" : ", " + more)}\n"
    }
}
