import ServiceRuntime
import Testing

@testable import Commands

struct SupervisionTests {
    private let start = MonotonicClock.Instant(sinceOrigin: .seconds(100))

    private func after(_ seconds: Int) -> MonotonicClock.Instant { start.advanced(by: .seconds(seconds)) }

    private func supervision(duration: Int = 10, grace: Int = 3) -> Supervision {
        var limits = Command.Limits()
        limits.duration = .seconds(duration)
        limits.grace = .seconds(grace)
        return Supervision(limits, at: start)
    }

    @Test func aProgramHasUntilItsDeadline() {
        var supervision = supervision()
        #expect(supervision.next(at: start) == .wait(until: after(10)))
        #expect(supervision.next(at: after(9)) == .wait(until: after(10)))
        #expect(supervision.failure == nil)
    }

    @Test func thenItIsToldToEndAndThenKilled() {
        var supervision = supervision()
        #expect(supervision.next(at: after(10)) == .terminate)
        #expect(supervision.next(at: after(11)) == .wait(until: after(13)))
        #expect(supervision.next(at: after(13)) == .kill)
        #expect(supervision.next(at: after(13)) == .wait(until: after(14)))
        #expect(supervision.failure == .timeout)
    }

    @Test func whatFailsFirstIsTheReason() {
        var supervision = supervision()
        supervision.fail(.tooLarge)
        supervision.fail(.cancelled)
        #expect(supervision.next(at: start) == .terminate)
        #expect(supervision.next(at: after(20)) == .kill)
        #expect(supervision.failure == .tooLarge)
    }
}
