import RealSlurm
import Testing

/// What holds of a real Slurm: the ground that everything else which is tested against one stands on.
///
/// One Slurm serves all, one test after the other, and each leaves it as it was.
@Suite(.serialized, .enabled(if: Installation.isPermitted, Comment(rawValue: Installation.requirement)))
struct RealSlurmTests {}

/// The Slurm of all tests, with the workload on it. It is brought up for the first that asks, and goes with the process.
struct StandingSlurm {
    let slurm: RealSlurm
    let workload: Workload

    static var shared: StandingSlurm {
        get async throws { try await start.value }
    }

    private static let start = Task {
        let slurm = try await RealSlurm.start()
        return StandingSlurm(slurm: slurm, workload: try await Workload.fill(slurm))
    }
}
