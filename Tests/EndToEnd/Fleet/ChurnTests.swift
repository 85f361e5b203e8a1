import TestSupport
import Testing

/// Shards come and go under a client that asks all the time; longer, and with values that must not last, with
/// `scripts/chaos --seconds 300 F-21 F-24`: here the machine may be busy.
struct ChurnTests {
    @Test(arguments: ["F-21", "F-24"]) func whatIsFederatedIsRightWhileShardsComeAndGo(_ scenario: String) async throws
    {
        let chaos = try ChildProcess(try builtProgram("chaos"), ["--seconds", "20", "--lateness", "60", scenario])
        #expect(try await chaos.exit(within: .seconds(240)) == 0, "\(chaos.standardOutput)\(chaos.standardError)")
    }
}
