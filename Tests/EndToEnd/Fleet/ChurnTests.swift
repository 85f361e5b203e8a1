import TestSupport
import Testing

/// Shards come and go under a client that asks all the time; longer, with `scripts/chaos --seconds 300 F-21 F-24`.
struct ChurnTests {
    @Test(arguments: ["F-21", "F-24"]) func whatIsFederatedIsRightWhileShardsComeAndGo(_ scenario: String) async throws
    {
        let chaos = try ChildProcess(try builtProgram("chaos"), ["--seconds", "20", scenario])
        #expect(try await chaos.exit(within: .seconds(240)) == 0, "\(chaos.standardOutput)\(chaos.standardError)")
    }
}
