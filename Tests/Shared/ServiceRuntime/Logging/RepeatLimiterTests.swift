import Testing

@testable import ServiceRuntime

struct RepeatLimiterTests {
    private let limit = RepeatLimit(burst: 2, interval: .seconds(10))

    @Test func aBurstPassesAndThenOneAnInterval() {
        var limiter = RepeatLimiter()
        let decisions = (0...25).map { limiter.decide(1, limit: limit, now: second($0)) }
        let passed = decisions.indices.filter { decisions[$0] != .hold }
        #expect(passed == [0, 1, 10, 20])
        #expect(decisions[10] == .pass(suppressed: 8) && decisions[20] == .pass(suppressed: 9))
    }

    @Test func silenceEarnsTheBurstBack() {
        var limiter = RepeatLimiter()
        for _ in 0..<3 { _ = limiter.decide(1, limit: limit, now: second(0)) }
        let decisions = (0..<3).map { _ in limiter.decide(1, limit: limit, now: second(1_000)) }
        #expect(decisions == [.pass(suppressed: 1), .pass(suppressed: 0), .hold])
    }

    @Test func intervalsThatAreFractionsOfEachOtherAddUp() {
        var limiter = RepeatLimiter()
        let limit = RepeatLimit(burst: 1, interval: .seconds(30))
        let decisions = (0...300).map { limiter.decide(1, limit: limit, now: second($0)) }
        #expect(decisions.filter { $0 != .hold }.count == 11)
    }

    @Test func theOldestTextsAreForgottenWhenThereAreTooMany() {
        var limiter = RepeatLimiter(capacity: 100)
        var most = 0
        for text in 0..<10_000 {
            _ = limiter.decide(text, limit: limit, now: second(text))
            most = max(most, limiter.count)
        }
        #expect(most == 100)
        _ = limiter.decide(9_999, limit: limit, now: second(9_999))
        #expect(limiter.decide(9_999, limit: limit, now: second(9_999)) == .hold)
    }

    private func second(_ number: Int) -> MonotonicClock.Instant {
        MonotonicClock.Instant(sinceOrigin: .seconds(number))
    }
}
