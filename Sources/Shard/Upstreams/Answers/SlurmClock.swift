import ServiceRuntime
import Slurm

/// What Slurm's clock says, told from ours by what was learned of the difference.
struct SlurmClock: Equatable, Sendable {
    /// Slurm's less ours, in seconds.
    private(set) var offset: Int64 = 0
    private var learned: UnixTime?

    /// - Parameter time: when Slurm answered, by its clock.
    mutating func learn(_ time: Timestamp, at now: UnixTime) {
        offset = time.seconds - Int64(now.seconds)
        learned = now
    }

    /// Whether what was learned is so fresh that neither clock can have gone wrong since.
    func isFresh(at now: UnixTime) -> Bool {
        learned.map { (0...Self.freshness).contains(Int64(now.seconds) - Int64($0.seconds)) } ?? false
    }

    /// In seconds.
    private static let freshness: Int64 = 900

    func time(at now: UnixTime) -> Timestamp {
        Timestamp(Int64(now.seconds) + offset)
    }
}
