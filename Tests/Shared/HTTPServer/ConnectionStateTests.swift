import HTTP
import Testing

@testable import HTTPServer

struct ConnectionStateTests {
    let limits = HTTPServer.Limits()
    let start = ContinuousClock.now

    @Test func eachPhaseHasItsPatience() {
        var state = ConnectionState(now: start)
        #expect(state.deadline(limits) == start + limits.idleTime)
        #expect(state.expiry(now: start + limits.idleTime, limits) == .close)
        state.read(upTo: .head, now: start)
        #expect(state.expiry(now: start + limits.headTime - .nanoseconds(1), limits) == nil)
        #expect(state.expiry(now: start + limits.headTime, limits) == .reject(.headTimeout))
        state.read(upTo: .body, now: start + .seconds(1))
        #expect(state.expiry(now: start + .seconds(1) + limits.bodyTime, limits) == .reject(.bodyTimeout))
    }

    @Test func moreOfTheSamePartGivesNoMoreTime() {
        var state = ConnectionState(now: start)
        state.read(upTo: .head, now: start)
        state.read(upTo: .head, now: start + .seconds(5))
        #expect(state.deadline(limits) == start + limits.headTime)
    }

    @Test func aStallCountsFromTheLastByteTaken() {
        var state = ConnectionState(now: start)
        state.beginAnswer(now: start)
        _ = state.blocked(now: start)
        state.sent(now: start + .seconds(20), isMore: true)
        let isNews = state.blocked(now: start + .seconds(25))
        #expect(!isNews)
        #expect(state.deadline(limits) == start + .seconds(20) + limits.stallTime)
        #expect(state.expiry(now: start + .seconds(20) + limits.stallTime, limits) == .reset)
    }

    @Test func workExpiresUnlessTheClientStallsBefore() {
        var state = ConnectionState(now: start)
        state.beginAnswer(now: start)
        state.beginWork(deadline: start + .seconds(40))
        #expect(state.expiry(now: start + .seconds(40), limits) == .expireWork)
        _ = state.blocked(now: start)
        #expect(state.expiry(now: start + limits.stallTime, limits) == .reset)
    }

    @Test func theLastAnswerIsLingeredFor() {
        var state = ConnectionState(now: start)
        state.beginAnswer(now: start)
        #expect(state.isBusy)
        #expect(state.endAnswer(now: start) == .anotherRequest)
        #expect(!state.isBusy && state.phase == .idle)
        state.beginAnswer(now: start)
        state.makeLast()
        #expect(state.endAnswer(now: start) == .linger)
        #expect(state.expiry(now: start + limits.lingerTime, limits) == .close)
    }
}
