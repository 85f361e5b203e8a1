/// What a cluster is made from: the same parameters give the same cluster at every step, on every machine.
public struct Parameters: Sendable {
    public var seed: UInt64 = 1
    public var name: Text = "simulated"
    /// Of the population; the hand-made oddities come on top.
    public var nodes = 64
    /// Records in the job list, which arrivals hold at about this number.
    public var jobs = 500
    public var partitions = 6
    public var users = 40
    public var accounts = 12
    /// A MIG slice counts as one; as many as the nodes have room for. Without a number a quarter of the nodes has GPUs.
    public var gpus: Int?
    public var reservations = 4
    public var licenses = 5

    /// 2026-01-15 22:00:00 UTC: two hours from midnight, where Slurm zeroes figures.
    public var start = Timestamp(1_768_514_400)
    public var stepSeconds = 10
    /// Seconds for which the controller remembers an ended job.
    public var minJobAge = 300
    /// Whether AccountingStorageTRES has gres/gpu: without it TRES strings have no GPUs.
    public var tracksGPUs = true
    public var isFederated = true
    /// Whether the hand-made oddities are in it.
    public var hasMenagerie = true
    /// How many ended jobs accounting keeps.
    public var endedJobs = 20_000
    /// For how many seconds accounting keeps an ended job.
    public var endedAge = 86_400

    public init() {}

    /// The most of everything that a cluster is tried with.
    public static let largest: Parameters = {
        var largest = Parameters()
        largest.nodes = 50_000
        largest.jobs = 200_000
        largest.partitions = 10_000
        largest.users = 50_000
        largest.accounts = 50_000
        return largest
    }()
}
