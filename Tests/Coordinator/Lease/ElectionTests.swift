import Lease
import ServiceRuntime
import Testing

/// One candidate beside a store that the test plays.
@Suite struct ElectionTests {
    private static let me = Candidate(name: "a", nonce: 1)
    private static let other = Candidate(name: "b", nonce: 2)
    private static let timing = LeaseTiming(lifetime: .seconds(9), renewalInterval: .seconds(2))!

    private static func instant(_ seconds: Double) -> MonotonicClock.Instant {
        MonotonicClock.Instant(sinceOrigin: .seconds(100) + .seconds(1) * seconds)
    }

    /// What a candidate did at a time, its question answered a moment later.
    private struct Stage {
        var election: Election
        var store: LeaseRecord?

        init(_ store: LeaseRecord?, courtesy: Duration = .zero) {
            election = Election(me, timing: timing, courtesy: courtesy, at: instant(0))
            self.store = store
        }

        /// Asks for the next step until there is nothing to do at this time; the store does as it is told.
        mutating func run(at seconds: Double) {
            while case .attempt(let attempt) = election.next(at: instant(seconds)) {
                election.finish(attempt, apply(attempt), at: instant(seconds))
            }
        }

        mutating func apply(_ attempt: LeaseAttempt) -> LeaseOutcome {
            guard case .replace(let expected, let new) = attempt.action, expected == store else { return .found(store) }
            store = new
            return .written
        }

        /// The attempt that is made at a time.
        mutating func attempt(at seconds: Double) throws -> LeaseAttempt {
            guard case .attempt(let attempt) = election.next(at: instant(seconds)) else { throw NoAttempt() }
            return attempt
        }

        struct NoAttempt: Error {}

        func leads(at seconds: Double) -> Bool { election.leads(at: instant(seconds)) }
    }

    private static func record(
        of holder: Candidate?, epoch: UInt64 = 4, renewal: UInt64 = 17, lifetime: Duration = .seconds(9)
    ) -> LeaseRecord {
        LeaseRecord(holder: holder, epoch: epoch, renewal: renewal, lifetime: lifetime)
    }

    private func leader() -> Stage {
        var stage = Stage(nil)
        stage.run(at: 0)
        stage.run(at: 0.5)
        return stage
    }

    @Test func anEmptyStoreIsTakenAtOnce() {
        let stage = leader()
        #expect(stage.leads(at: 0.5) && stage.store == Self.record(of: Self.me, epoch: 1, renewal: 1))
    }

    @Test func aStoreThatIsLostIsFollowedByOneAboveOnesOwnEpoch() throws {
        var stage = leader()
        let attempt = try stage.attempt(at: 3)
        stage.election.finish(attempt, .failed(LeaseFailure(.replaced, "planted")), at: Self.instant(3))
        stage.store = nil
        for time in [3.5, 4, 4.5] { stage.run(at: time) }
        #expect(stage.election.term(at: Self.instant(4.5))?.epoch == 2)
    }

    @Test func aResignedTermIsFollowedAtOnce() {
        var stage = Stage(Self.record(of: nil, epoch: 4))
        stage.run(at: 0)
        stage.run(at: 0.5)
        #expect(stage.election.term(at: Self.instant(0.5)) == Election.Term(epoch: 5, holder: Self.me))
    }

    @Test func somebodysTermIsFollowedAfterItsWholeLifetime() {
        var stage = Stage(Self.record(of: Self.other, lifetime: .seconds(20)))
        for time in stride(from: 0.0, through: 19.5, by: 0.5) { stage.run(at: time) }
        #expect(stage.store?.holder == Self.other)
        stage.run(at: 20)
        #expect(stage.leads(at: 20) && stage.store?.epoch == 5)
    }

    @Test func aRenewalBeginsTheWaitAnew() {
        var stage = Stage(Self.record(of: Self.other))
        for time in stride(from: 0.0, through: 8, by: 0.5) { stage.run(at: time) }
        stage.store = Self.record(of: Self.other, renewal: 18)
        for time in stride(from: 8.5, through: 17, by: 0.5) { stage.run(at: time) }
        #expect(stage.store?.holder == Self.other)
        stage.run(at: 17.5)
        #expect(stage.leads(at: 17.5))
    }

    @Test func whoIsLessWantedWaitsLonger() {
        var stage = Stage(nil, courtesy: .seconds(3))
        for time in stride(from: 0.0, through: 2.5, by: 0.5) { stage.run(at: time) }
        #expect(stage.store == nil)
        stage.run(at: 3)
        #expect(stage.leads(at: 3))
    }

    @Test func trustEndsAfterTwoThirdsOfTheLifetime() {
        let stage = leader()
        #expect(stage.leads(at: 0.5 + 5.9) && !stage.leads(at: 0.5 + 6))
    }

    @Test func aSlowRenewalDoesNotExtendTrust() throws {
        var stage = leader()
        let attempt = try stage.attempt(at: 2.5)
        stage.election.finish(attempt, stage.apply(attempt), at: Self.instant(6))
        #expect(stage.leads(at: 8.4) && !stage.leads(at: 8.5))
    }

    @Test func aRenewalThatCameTooLateMakesALeaderAgainInTheSameTerm() throws {
        var stage = leader()
        let attempt = try stage.attempt(at: 30)
        #expect(!stage.leads(at: 30))
        stage.election.finish(attempt, stage.apply(attempt), at: Self.instant(30))
        #expect(stage.election.term(at: Self.instant(30))?.epoch == 1)
    }

    @Test func whoFindsAnotherInOfficeStepsDown() {
        var stage = leader()
        stage.store = Self.record(of: Self.other, epoch: 2, renewal: 9)
        stage.run(at: 2.5)
        #expect(!stage.leads(at: 2.5))
        #expect(stage.election.lastHolder == Election.Term(epoch: 2, holder: Self.other))
    }

    @Test func aRenewalOfWhichNothingWasHeardIsNoLoss() throws {
        var stage = leader()
        let lost = try stage.attempt(at: 2.5)
        _ = stage.apply(lost)
        stage.election.finish(lost, .failed(LeaseFailure(.inputOutput, "EIO")), at: Self.instant(2.6))
        stage.run(at: 3.1)
        #expect(stage.leads(at: 8) && stage.store?.renewal == 3 && stage.store?.epoch == 1)
    }

    @Test func aClaimOfWhichNothingWasHeardIsMadeAgain() throws {
        var stage = Stage(nil)
        stage.run(at: 0)
        let lost = try stage.attempt(at: 0.5)
        _ = stage.apply(lost)
        stage.election.finish(lost, .failed(LeaseFailure(.busy, "locked")), at: Self.instant(0.6))
        stage.run(at: 1.2)
        stage.run(at: 1.8)
        #expect(stage.election.term(at: Self.instant(1.8))?.epoch == 2)
    }

    @Test(arguments: LeaseFailure.Kind.allCases)
    func withoutAStoreTrustRunsOut(kind: LeaseFailure.Kind) {
        var stage = leader()
        for time in stride(from: 2.5, through: 7, by: 0.5) {
            guard case .attempt(let attempt) = stage.election.next(at: Self.instant(time)) else { continue }
            stage.election.finish(attempt, .failed(LeaseFailure(kind, "")), at: Self.instant(time))
        }
        #expect(!stage.leads(at: 6.5))
        #expect(stage.leads(at: 6.4) == (kind != .replaced))
    }

    @Test(arguments: [
        (Election.Term(epoch: 1, holder: me), true), (Election.Term(epoch: 1, holder: other), false),
        (Election.Term(epoch: 2, holder: other), false),
    ])
    func whatOthersObeyCounts(term: Election.Term, leads: Bool) {
        var stage = leader()
        stage.election.hear(term, at: Self.instant(1))
        #expect(stage.leads(at: 1) == leads)
    }

    @Test func aRestoredStoreStartsAboveWhatShardsObey() {
        var stage = leader()
        stage.election.hear(Election.Term(epoch: 41, holder: Self.other), at: Self.instant(1))
        stage.run(at: 1)
        #expect(stage.store == Self.record(of: nil, epoch: 41, renewal: 2))
        for time in stride(from: 1.5, through: 10, by: 0.5) { stage.run(at: time) }
        #expect(stage.election.term(at: Self.instant(10))?.epoch == 42)
    }

    @Test func whoResignsNeverLeadsAgain() {
        var stage = leader()
        stage.election.resign(at: Self.instant(1))
        #expect(!stage.leads(at: 1))
        stage.run(at: 1)
        #expect(stage.store?.holder == nil && stage.election.isGone)
        for time in stride(from: 1.5, through: 30, by: 0.5) { stage.run(at: time) }
        #expect(stage.store?.holder == nil)
    }

    @Test func whoResignsDuringAClaimGivesItBack() throws {
        var stage = Stage(nil)
        stage.run(at: 0)
        let claim = try stage.attempt(at: 0.5)
        stage.election.resign(at: Self.instant(0.6))
        stage.election.finish(claim, stage.apply(claim), at: Self.instant(0.7))
        #expect(!stage.leads(at: 0.7) && !stage.election.isGone)
        stage.run(at: 0.7)
        #expect(stage.store?.holder == nil && stage.election.isGone)
    }

    @Test(arguments: LeaseFailure.Kind.allCases)
    func whoCannotGiveTheLeaseBackTriesAgainWhileItLasts(kind: LeaseFailure.Kind) throws {
        var stage = leader()
        stage.election.resign(at: Self.instant(1))
        let busy = try stage.attempt(at: 1)
        stage.election.finish(busy, .failed(LeaseFailure(kind, "planted")), at: Self.instant(2))
        #expect(!stage.leads(at: 2) && stage.election.isGone == (kind == .replaced))
        stage.run(at: 2.5)
        #expect(stage.election.isGone && (stage.store?.holder == nil) == (kind != .replaced))
    }

    @Test func whoCannotGiveTheLeaseBackGivesUpWhenItRunsOut() throws {
        var stage = leader()
        stage.election.resign(at: Self.instant(1))
        for time in stride(from: 1.0, through: 6, by: 0.5) {
            stage.election.finish(
                try stage.attempt(at: time), .failed(LeaseFailure(.busy, "planted")), at: Self.instant(time))
            #expect(!stage.election.isGone)
        }
        stage.election.finish(
            try stage.attempt(at: 6.5), .failed(LeaseFailure(.busy, "planted")), at: Self.instant(6.5))
        #expect(stage.election.isGone)
    }

    @Test func whatWasGivenBackUnheardIsGone() throws {
        var stage = leader()
        stage.election.resign(at: Self.instant(1))
        let lost = try stage.attempt(at: 1)
        _ = stage.apply(lost)
        stage.election.finish(lost, .failed(LeaseFailure(.inputOutput, "planted")), at: Self.instant(1.1))
        stage.run(at: 2)
        #expect(stage.election.isGone && stage.store == Self.record(of: nil, epoch: 1, renewal: 2))
    }

    @Test func whoStepsDownLetsOthersLeadForAWhile() {
        var stage = leader()
        stage.election.stepDown(at: Self.instant(1))
        for time in stride(from: 1.0, through: 9.5, by: 0.5) { stage.run(at: time) }
        #expect(stage.store?.holder == nil)
        stage.run(at: 10)
        #expect(stage.election.term(at: Self.instant(10))?.epoch == 2)
    }

    @Test func oneQuestionAtATime() throws {
        var stage = leader()
        _ = try stage.attempt(at: 2.5)
        guard case .wait = stage.election.next(at: Self.instant(20)) else {
            Issue.record("a second question")
            return
        }
    }

    @Test(arguments: [(10, 2, true), (9, 2, true), (8, 2, false), (10, 0, false), (3, 1, false)])
    func timingsThatLeaveNoTimeAreRefused(lifetime: Int, renewal: Int, isGood: Bool) {
        #expect(
            (LeaseTiming(lifetime: .seconds(lifetime), renewalInterval: .seconds(renewal)) != nil) == isGood)
    }
}
