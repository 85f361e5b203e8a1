import TestSupport
import Testing

/// The units under `deploy/systemd`.
struct SystemdTests {
    @Test(.timeLimit(.minutes(2))) func unitsHold() async throws {
        let said = try await Tool.passes([
            try await Tool.python(), "Tests/Programs/Units/check.py", "deploy/systemd", try Tool.programs(),
        ])
        #expect(said.split(separator: "\n").count == 3)
    }
}
