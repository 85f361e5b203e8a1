import TestSupport
import Testing

struct FreePortTests {
    @Test func noPortIsGivenTwice() throws {
        let ports = try (0..<400).map { _ in try freePort() }
        #expect(Set(ports).count == ports.count)
    }
}
