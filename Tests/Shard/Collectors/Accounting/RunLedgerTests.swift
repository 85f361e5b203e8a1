import ServiceRuntime
import Slurm
import Testing

@testable import Collectors

struct RunLedgerTests {
    private static let pace = RunLedger.Pace(overlap: 600, piece: 1800, lookback: 900)

    /// However a database delivers, and whoever asks it dies: each run that came in time counts once, none twice.
    @Test(arguments: 0..<60)
    func eachRunCountsOnce(seed: UInt64) throws {
        var play = Play(seed: seed, pace: Self.pace)
        try play.run()
        let first = try #require(play.ledger.since).seconds
        for run in play.history.runs where run.end < first - 10 {
            #expect(play.counts[run.key] == nil, "\(run) ended before counting began")
        }
        for run in play.history.runs where run.end >= first {
            #expect(play.counts[run.key] == 1, "\(run)")
        }
        #expect(play.kills > 3 && play.failures > 10 && play.counts.count > 100)
    }

    @Test func whatIsRememberedIsForgottenInTime() throws {
        var play = Play(seed: 1, pace: Self.pace)
        try play.run()
        #expect(play.mostRemembered < 200)
        #expect(play.ledger.counted.isEmpty)
        #expect(!play.ledger.isBehind)
    }

    @Test func aWindowIsCutIntoPieces() {
        var ledger = RunLedger(Self.pace)
        ledger.settle(ledger.ask(at: Timestamp(1_000_000)))
        let settled = Timestamp(999_400)
        #expect(ledger.settled == settled)
        let question = ledger.ask(at: Timestamp(1_100_000))
        #expect(question.from == settled && question.to == settled.later(by: 2400))
        ledger.settle(question)
        #expect(ledger.isBehind && ledger.settled == settled.later(by: 2400))
    }

    @Test func aClockThatIsSetBackChangesNothing() {
        var ledger = RunLedger(Self.pace)
        ledger.settle(ledger.ask(at: Timestamp(1_000_000)))
        let question = ledger.ask(at: Timestamp(900_000))
        #expect(question.from == Timestamp(999_400) && question.to > question.from)
        let (key, end) = (RunKey(job: 1, submitted: 2, start: 3), Timestamp(999_990))
        let counts = [ledger.count(key, end: end, in: question), ledger.count(key, end: end, in: question)]
        #expect(counts == [true, false])
        ledger.settle(question)
        #expect(ledger.settled == Timestamp(999_400))
    }

    /// Slow by choice is no outage.
    @Test func longIntervalsAreNoAbsence() {
        var ledger = RunLedger(Self.pace)
        for round in 0..<5 {
            ledger.settle(ledger.ask(at: Timestamp(1_000_000 + Int64(round) * 5000)))
            #expect(ledger.recheck == nil)
        }
    }

    @Test func anIdThatComesRoundAgainIsAnotherJob() {
        var ledger = RunLedger(Self.pace)
        let question = ledger.ask(at: Timestamp(1_000_000))
        let keys = [(1, 2, 3), (1, 2, 4), (1, 3, 3), (2, 2, 3)].map {
            RunKey(job: $0, submitted: $1, start: $2)
        }
        for key in keys + keys {
            _ = ledger.count(key, end: Timestamp(1_000_000), in: question)
        }
        #expect(ledger.counted.count == keys.count)
    }

    @Test(arguments: [
        [:], ["since": 1, "settled": 2], ["since": -1, "settled": 2, "answered": 3],
    ])
    func whatNoLedgerRemembersIsRefused(numbers: [String: Int64]) {
        #expect(RunLedger(Self.pace, numbers: numbers, marks: []) == nil)
        #expect(RunLedger(Self.pace, numbers: ["since": 1, "settled": 2, "answered": 3], marks: [1, 2, 3]) == nil)
    }
}

/// One life of a ledger: it asks, is answered or not, and goes on from what it had kept.
private struct Play {
    private(set) var history: AccountingHistory
    private(set) var ledger: RunLedger
    /// How often each run counts, as far as that was kept.
    private(set) var counts: [RunKey: Int] = [:]
    private(set) var kills = 0
    private(set) var failures = 0
    private(set) var mostRemembered = 0
    private var random: SeededGenerator

    init(seed: UInt64, pace: RunLedger.Pace) {
        history = AccountingHistory(seed: seed, pace: pace)
        ledger = RunLedger(pace)
        random = SeededGenerator(seed: seed &+ 1000)
    }

    mutating func run() throws {
        var time = history.start
        while time < history.start + 100_000 {
            try step(at: time)
            time += ledger.isBehind ? 1 : Int64.random(in: 20...400, using: &random)
        }
    }

    private mutating func step(at time: Int64) throws {
        let skew = Int64.random(in: -AccountingHistory.skew...AccountingHistory.skew, using: &random)
        let question = ledger.ask(at: Timestamp(time + skew))
        let kept = (ledger, counts)
        guard !history.isAway(at: time) else {
            failures += 1
            return
        }
        for run in history.answer(question, at: time) {
            if ledger.count(run.key, end: Timestamp(run.end), in: question) { counts[run.key, default: 0] += 1 }
        }
        if chance(20) {
            // The answer broke off.
            (ledger, counts) = kept
            failures += 1
        } else {
            ledger.settle(question)
        }
        if chance(40) { try die(kept) }
        if chance(50) { history.amend() }
        mostRemembered = max(mostRemembered, ledger.counted.count)
    }

    /// A successor has what was kept, which is all or nothing of the last answer.
    private mutating func die(_ kept: (RunLedger, [RunKey: Int])) throws {
        if chance(2) { (ledger, counts) = kept }
        kills += 1
        guard ledger.since != nil else {
            ledger = RunLedger(ledger.pace)
            return
        }
        let (numbers, marks) = ledger.memory
        let successor = try #require(RunLedger(ledger.pace, numbers: numbers, marks: marks))
        #expect(successor.counted == ledger.counted && successor.settled == ledger.settled)
        ledger = successor
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }
}
