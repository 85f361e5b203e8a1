import Metrics
import ServiceRuntime
import Testing

@testable import Upstreams

struct UpstreamQueueTests {
    @Test func aPieceIsFollowedByTheNextAsSoonAsTheLoadAllows() {
        var pieces = 0
        var play = Play([FeedSchedule(.accounting, every: .seconds(300))]) { _, _ in
            pieces += 1
            return (.seconds(1), pieces < 5 ? .piece : .success)
        }
        play.run(for: .seconds(200))
        // At a quarter of the time.
        let starts = play.done.map { Int(Play.origin.duration(to: $0.start) / .seconds(1)) }
        #expect(starts == [0, 4, 8, 12, 16])
        play.run(for: .seconds(200))
        #expect(play.done.count == 6)
    }

    private func every(_ seconds: Double, _ feeds: Feed...) -> [FeedSchedule] {
        feeds.map { FeedSchedule($0, every: .seconds(seconds)) }
    }

    /// However often it says so, and however it ends.
    @Test func whoHasNoAnswerYetWaitsAMinuteAtMost() {
        var play = Play(every(600, .qos) + every(20, .diag)) { _, _ in (.milliseconds(10), .success) }
        for _ in 0..<70 {
            play.run(for: .seconds(2))
            play.queue.hasten(.qos, at: play.now)
            play.queue.hasten(.diag, at: play.now)
        }
        #expect(play.starts(.qos).map { $0.rounded() } == [0, 60, 120])
        #expect(play.starts(.diag).count == 7)
    }

    @Test func asksTheLightOnesFirstAtTheStart() {
        var play = Play(every(60, .jobs, .nodes, .ping, .diag, .partitions))
        play.run(for: .seconds(5))
        #expect(play.done.map(\.ask.feed) == [.diag, .ping, .partitions, .nodes, .jobs])
        #expect(play.starts(.partitions) == [0.1])
    }

    @Test func keepsToTheGridOfAnInterval() {
        var play = Play(every(10, .diag)) { _, _ in (.seconds(1), .success) }
        play.run(for: .seconds(35))
        #expect(play.starts(.diag) == [0, 10, 20, 30])
    }

    @Test func doesNotCatchUpOnWhatItMissed() {
        var settings = QueueSettings()
        settings.maximumLoad = 1
        var isFirst = true
        var play = Play(every(10, .diag), settings) { _, _ in
            defer { isFirst = false }
            return (.seconds(isFirst ? 34 : 1), .success)
        }
        play.run(for: .seconds(60))
        #expect(play.starts(.diag) == [0, 34, 44, 54])
    }

    @Test func stretchesAnIntervalByWhatAnAnswerTook() {
        var play = Play(every(10, .jobs)) { _, _ in (.seconds(5), .success) }
        play.run(for: .seconds(70))
        #expect(play.starts(.jobs) == [0, 20, 40, 60])
        #expect(play.queue.interval(of: .jobs) == .seconds(20))
    }

    @Test func spreadsByJitterWithoutLeavingTheGrid() {
        var settings = QueueSettings()
        settings.jitterSeconds = 2
        var play = Play(every(10, .diag), settings)
        play.run(for: .seconds(205))
        let late = play.starts(.diag).enumerated().map { $1 - Double($0) * 10 }
        #expect(late.count == 21)
        #expect(late.allSatisfy { (0...2).contains($0) })
        #expect(Set(late).count > 10)
    }

    /// What isn't there, and a database that is down, say nothing of the controller.
    @Test func whatConcernsOneFeedLeavesTheOthersAlone() {
        var breaker = BreakerSettings()
        breaker.failureThreshold = 2
        var play = Play(every(10, .qos, .tres, .clusters, .diag), breaker: breaker) { ask, _ in
            (.milliseconds(10), ask.feed == .diag ? .success : .failure(.apart))
        }
        play.run(for: .seconds(35))
        #expect(play.queue.breaker.state == .closed)
        #expect(play.starts(.diag).count == 4)
        #expect(play.starts(.qos).count == 4)
    }

    @Test(arguments: [
        (UpstreamError.Kind.absent, Feed.shares, AskOutcome.failure(.apart)),
        (.databaseDown, .qos, .failure(.apart)), (.databaseDown, .jobs, .failure(.lasting)),
    ]) func whichErrorsConcernOneFeed(_ kind: UpstreamError.Kind, _ feed: Feed, _ outcome: AskOutcome) {
        #expect(AskOutcome(UpstreamError(kind, ""), of: feed) == outcome)
    }

    @Test func asksAgainWithBackoffWhatMayPass() {
        var play = Play(every(60, .nodes)) { _, _ in (.zero, .failure(.passing)) }
        play.run(for: .seconds(65))
        #expect(play.starts(.nodes) == [0, 1, 3, 7, 60, 61, 63])
        #expect(play.done.map(\.ask.attempt) == [0, 1, 2, 3, 0, 1, 2])
        #expect(play.queue.retries == [.nodes: 6])
    }

    @Test func asksOnceMoreAfterAnAuthenticationError() {
        var play = Play(every(60, .nodes)) { _, _ in (.zero, .failure(.auth)) }
        play.run(for: .seconds(62))
        #expect(play.starts(.nodes) == [0, 1, 60, 61])
    }

    @Test func asksNothingTwiceThatLasts() {
        var play = Play(every(60, .nodes)) { _, _ in (.zero, .failure(.lasting)) }
        play.run(for: .seconds(65))
        #expect(play.starts(.nodes) == [0, 60])
    }

    @Test func leavesSlurmAloneAfterATimeout() {
        var play = Play(every(10, .jobs, .diag)) { ask, _ in
            ask.feed == .jobs ? (.seconds(30), .failure(.timeout)) : (.milliseconds(1), .success)
        }
        play.run(for: .seconds(65))
        #expect(play.starts(.diag).count == 2)
        #expect(play.starts(.diag).last ?? 0 >= 60)
        #expect(play.queue.pauses == 1)
    }

    @Test func asksLightOnesDuringAPauseWhereTwoAreAllowed() {
        var settings = QueueSettings()
        settings.maximumRequests = 2
        var play = Play(every(10, .jobs, .nodes, .diag), settings) { ask, _ in
            ask.feed == .jobs ? (.seconds(30), .failure(.timeout)) : (.milliseconds(1), .success)
        }
        play.run(for: .seconds(55))
        #expect(play.starts(.diag) == [0, 10, 20, 30, 40, 50])
        #expect(play.starts(.nodes).allSatisfy { $0 < 1 })
    }

    @Test func doesNotLetASlowFeedStarveTheOthers() {
        var play = Play(every(30, .jobs) + every(15, .diag, .ping)) { ask, _ in
            (ask.feed == .jobs ? .seconds(20) : .milliseconds(20), .success)
        }
        play.run(for: .seconds(600))
        for feed in [Feed.diag, .ping] {
            let starts = play.starts(feed)
            #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 <= 36 })
            #expect(starts.count > 33)
        }
        #expect(play.starts(.jobs).count == 8)
    }

    @Test func triesOneLightQuestionWhenTheBreakerIsHalfOpen() {
        var fails = true
        var play = Play(every(10, .jobs, .nodes, .partitions), breaker: BreakerSettings()) { _, now in
            fails = now < Play.origin + .seconds(60)
            return (.milliseconds(1), fails ? .failure(.lasting) : .success)
        }
        play.run(for: .seconds(100))
        let trials = play.done.drop { $0.start < Play.origin + .seconds(11) }
        #expect(trials.prefix(4).map(\.ask.feed) == [.partitions, .partitions, .partitions, .partitions])
        #expect(play.queue.breaker.state == .closed)
        #expect(play.queue.breaker.transitions == [.open: 2, .halfOpen: 2, .closed: 1])
    }

    @Test func closesTheBreakerAlthoughOneFeedStaysBroken() {
        var play = Play(every(10, .jobs, .diag, .partitions), breaker: BreakerSettings()) { ask, now in
            let isUp = now >= Play.origin + .seconds(30) && ask.feed != .diag
            return (.milliseconds(1), isUp ? .success : .failure(.lasting))
        }
        play.run(for: .seconds(200))
        #expect(play.queue.breaker.state == .closed)
    }

    @Test func takesAPingWithoutControllerForAFailure() {
        var play = Play(every(10, .ping), breaker: BreakerSettings()) { _, _ in (.milliseconds(1), .controllerless) }
        play.run(for: .seconds(45))
        #expect(play.queue.breaker.state == .open)
    }

    @Test func waitsAsLongAsTheServerAsks() {
        var queue = Play.Queue(
            QueueSettings(), breaker: .off, schedule: every(10, .diag, .ping), random: SeededGenerator(seed: 1),
            at: Play.origin)
        guard case .ask(let ask) = queue.next(at: Play.origin) else { return #expect(Bool(false)) }
        queue.end(ask, .failure(.lasting), retryAfter: .seconds(20), at: Play.origin)
        #expect(queue.next(at: Play.origin + .seconds(1)) == .wait(until: Play.origin + .seconds(20)))
        #expect(queue.pausedUntil(Play.origin) == Play.origin + .seconds(20))
    }

    @Test func takesOverAnotherSchedule() {
        var play = Play(every(60, .diag, .jobs))
        play.run(for: .seconds(5))
        play.queue.update(QueueSettings(), breaker: BreakerSettings(), schedule: every(10, .diag, .ping), at: play.now)
        play.run(for: .seconds(26))
        #expect(play.starts(.diag) == [0, 10, 20, 30])
        #expect(play.starts(.ping) == [5, 15, 25])
        #expect(play.starts(.jobs).count == 1)
    }

    @Test func forgetsAFeedThatIsTakenAwayWhileItIsAsked() {
        var queue = Play.Queue(
            QueueSettings(), breaker: .off, schedule: every(10, .jobs, .diag), random: SeededGenerator(seed: 1),
            at: Play.origin)
        guard case .ask(let ask) = queue.next(at: Play.origin) else { return #expect(Bool(false)) }
        queue.update(QueueSettings(), breaker: BreakerSettings(), schedule: every(10, .jobs), at: Play.origin)
        #expect(queue.next(at: Play.origin + .seconds(1)) == .wait(until: nil))
        queue.end(ask, .success, at: Play.origin + .seconds(1))
        #expect(queue.asked.isEmpty)
        guard case .ask(let next) = queue.next(at: Play.origin + .seconds(1)) else { return #expect(Bool(false)) }
        #expect(next.feed == .jobs)
    }

    @Test func asksMoreSeldomWhenSlowedDown() {
        var play = Play(every(10, .diag))
        play.queue.slowdown = 3
        play.run(for: .seconds(65))
        #expect(play.starts(.diag) == [0, 30, 60])
    }
}
