import TestSupport
import Testing

/// Limits cut the same values whether one process counts or many.
struct FleetLimitTests {
    private static let limits = """
        metrics:
          label_limits: {account: 2}
        collectors:
          users: {max_users: 3}

        """

    @Test func whatIsCutIsCutAlikeInAllSlices() async throws {
        let simulator = try await RunningSimulator(nodes: 40, jobs: 150)
        let whole = try await RunningShard(of: simulator, Self.limits).scrape()
        #expect(whole["slurm_user_jobs_total", ["user": "other"]] != nil)
        let fleet = try await RunningFleet(
            of: simulator, shards: 8, fleet: "  split: both\n" + FleetTests.groups, Self.limits)
        try await fleet.settles()
        var differences = ["nothing was compared"]
        _ = try await eventually(within: .seconds(30)) {
            differences = FleetTests.differences(whole, try await fleet.federated())
            return differences.isEmpty
        }
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20))")
    }
}
