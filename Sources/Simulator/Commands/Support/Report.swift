import SimulatedCluster

/// What every line of an answer is made from.
struct Report: Sendable {
    let cluster: Cluster
    let release: Release
    let clock: Clock
    /// SLURM_BITSTR_LEN: how many bytes of an array's list of tasks are shown; nothing where it isn't set.
    let taskListLength: Int?
    /// `--units`: the unit of amounts of memory; nothing lets each have its own.
    var units: UnitChoice?
    /// `--noconvert`: amounts of memory stay in the unit they are kept in.
    var convertsUnits = true

    private static let longestTaskList: UInt32 = 4096

    init(cluster: Cluster, release: Release, environment: [String: String]) {
        self.cluster = cluster
        self.release = release
        clock = Clock(format: environment["SLURM_TIME_FORMAT"])
        taskListLength = environment["SLURM_BITSTR_LEN"].flatMap { UInt32($0) }.map {
            Int(min($0, Self.longestTaskList))
        }
    }

    /// Partitions that answers list; hidden ones only where all are asked for.
    func isShown(_ partition: Partition, all: Bool) -> Bool {
        partition.exists && (all || !partition.flags.contains(.hidden))
    }
}
