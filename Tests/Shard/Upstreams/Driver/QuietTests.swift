import Metrics
import ServiceRuntime
import TestSupport
import Testing

@testable import Upstreams

/// How long whoever takes over from a process has to wait, should it die now.
struct QuietTests {
    @Test func aQuestionThatTakesLongerThanUsualMayTakeAsLongAsItIsWaitedFor() async throws {
        let simulator = try await TestSimulator()
        let rig = try Rig([simulator.address], [.jobs], every: 0.2)
        var quiet: [Duration] = []
        let hasHung = try await rig.run {
            guard !rig.recorder.answers(.jobs).isEmpty else { return false }
            try await simulator.cause("jobs latency=10")
            guard let since = rig.upstream.inFlight[.jobs] else { return false }
            if since.duration(to: MonotonicClock.system.now) < .milliseconds(500) { return false }
            quiet.append(rig.upstream.quietAfter())
            return since.duration(to: MonotonicClock.system.now) > .seconds(3)
        }
        #expect(hasHung)
        let (early, late) = (try #require(quiet.first), try #require(quiet.last))
        #expect(early < .seconds(2))
        #expect(late > .seconds(15))
    }
}
