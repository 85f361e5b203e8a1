import ServiceRuntime
import Testing

@testable import Upstreams

struct CircuitBreakerTests {
    private let start = MonotonicClock.Instant(sinceOrigin: .seconds(100))

    private func opened(_ settings: BreakerSettings = BreakerSettings()) -> CircuitBreaker {
        var breaker = CircuitBreaker(settings)
        for _ in 0..<settings.failureThreshold { breaker.fail(at: start) }
        return breaker
    }

    @Test func opensAfterFailuresInARow() {
        var breaker = CircuitBreaker(BreakerSettings())
        for _ in 0..<4 { breaker.fail(at: start) }
        #expect(breaker.state == .closed)
        breaker.succeed()
        for _ in 0..<4 { breaker.fail(at: start) }
        #expect(breaker.state == .closed)
        breaker.fail(at: start)
        #expect(breaker.state == .open)
        #expect(breaker.opensUntil == start + .seconds(30))
    }

    @Test func isHalfOpenAfterItsTime() {
        var breaker = opened()
        breaker.advance(to: start + .seconds(29))
        #expect(breaker.state == .open)
        breaker.advance(to: start + .seconds(30))
        #expect(breaker.state == .halfOpen)
        #expect(breaker.opensUntil == nil)
    }

    @Test func closesAfterSuccessesInARow() {
        var breaker = opened()
        breaker.advance(to: start + .seconds(30))
        breaker.succeed()
        breaker.succeed()
        #expect(breaker.state == .halfOpen)
        breaker.succeed()
        #expect(breaker.state == .closed)
        #expect(breaker.transitions == [.open: 1, .halfOpen: 1, .closed: 1])
    }

    @Test func opensAgainAtTheFirstFailureOfATrial() {
        var breaker = opened()
        breaker.advance(to: start + .seconds(30))
        breaker.succeed()
        breaker.fail(at: start + .seconds(31))
        #expect(breaker.state == .open)
        #expect(breaker.opensUntil == start + .seconds(61))
    }

    @Test func takesNoNoticeOfLateOutcomesWhileOpen() {
        var breaker = opened()
        breaker.succeed()
        breaker.fail(at: start + .seconds(20))
        #expect(breaker.opensUntil == start + .seconds(30))
    }

    @Test func staysClosedWhenSwitchedOff() {
        var settings = BreakerSettings()
        settings.isEnabled = false
        #expect(opened(settings).state == .closed)
    }
}
