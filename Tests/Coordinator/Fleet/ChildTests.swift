import TestSupport
import Testing

@testable import Fleet

struct ChildTests {
    private func end(of child: inout Child) async throws -> Child.End {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if let end = child.keepRunning() { return end }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw StillRunning()
    }

    private struct StillRunning: Error {}

    @Test func whatRefusesItsConfigurationAtOnceRefusesForGood() async throws {
        var child = Child("sh", ["/bin/sh", "-c", "exit 2"])
        let first = try await end(of: &child)
        #expect(first.isRefusal && first.description == "exit code 2")
        // Later on it is something else that has changed, and may change again.
        #expect(try await !end(of: &child).isRefusal)
    }

    @Test(arguments: [("exit 1", "exit code 1"), ("kill -9 $$", "signal 9")])
    func whatFailsOtherwiseMayStartLater(_ script: String, _ reason: String) async throws {
        var child = Child("sh", ["/bin/sh", "-c", script])
        let first = try await end(of: &child)
        #expect(!first.isRefusal && first.description == reason)
    }
}
