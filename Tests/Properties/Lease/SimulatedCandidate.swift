import Lease
import ServiceRuntime

/// A process with a clock of its own.
struct SimulatedCandidate {
    let number: Int
    private(set) var election: Election
    private(set) var life = 0
    private var pausedUntil = 0.0
    /// The file that it has open.
    var opened = 0
    private let rate: Double
    private var offset: Double
    private let isWall: Bool

    /// - Parameter isWall: whether its clock can be set.
    init(_ number: Int, _ random: inout SeededGenerator, isWall: Bool) {
        self.number = number
        self.isWall = isWall
        rate = Double.random(in: 0.85...1.15, using: &random)
        offset = Double.random(in: 0...1000, using: &random)
        let start = Self.instant(offset)
        election = Election(Self.candidate(number, life: 0), timing: History.timing, at: start)
    }

    private static func candidate(_ number: Int, life: Int) -> Candidate {
        Candidate(name: "node\(number)", nonce: UInt64(number * 1000 + life))
    }

    private static func instant(_ seconds: Double) -> MonotonicClock.Instant {
        MonotonicClock.Instant(sinceOrigin: .nanoseconds(Int64(seconds * 1e9)))
    }

    func now(at time: Double) -> MonotonicClock.Instant { Self.instant(offset + rate * time) }

    /// When its clock will show something.
    func trueTime(of instant: MonotonicClock.Instant) -> Double {
        (instant.sinceOrigin / .seconds(1) - offset) / rate
    }

    func leads(at time: Double) -> Bool { election.leads(at: now(at: time)) }

    func isPaused(at time: Double) -> Bool { time < pausedUntil }

    /// When it can act next.
    func awake(at time: Double) -> Double { max(time, pausedUntil) }

    mutating func pause(until time: Double) { pausedUntil = max(pausedUntil, time) }

    mutating func setClock(by seconds: Double) {
        if isWall { offset += seconds }
    }

    mutating func crash(until time: Double) {
        life += 1
        pausedUntil = time
        election = Election(Self.candidate(number, life: life), timing: History.timing, at: now(at: time))
    }

    mutating func next(at time: Double) -> Election.Step { election.next(at: now(at: time)) }

    mutating func finish(_ attempt: LeaseAttempt, _ outcome: LeaseOutcome, at time: Double) {
        election.finish(attempt, outcome, at: now(at: time))
    }

    mutating func resign(at time: Double) { election.resign(at: now(at: time)) }

    mutating func stepDown(at time: Double) { election.stepDown(at: now(at: time)) }

    mutating func hear(_ term: Election.Term, at time: Double) { election.hear(term, at: now(at: time)) }
}
