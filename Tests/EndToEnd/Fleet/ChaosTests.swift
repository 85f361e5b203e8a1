import Foundation
import TestSupport
import Testing

/// The faults of `scripts/chaos` that take a few seconds and always happen alike.
struct ChaosTests {
    /// Other clocks need a time namespace, and a trace another process.
    @Test(.enabled(if: geteuid() == 0), arguments: ["F-06", "F-13", "F-23"])
    func nothingIsSeenThatMustNeverBe(_ scenario: String) async throws {
        let process = try ChildProcess(try builtProgram("chaos"), ["--lateness", "60", scenario])
        let status = try await process.exit(within: .seconds(240))
        #expect(status == 0, "\(process.standardOutput)")
    }
}
