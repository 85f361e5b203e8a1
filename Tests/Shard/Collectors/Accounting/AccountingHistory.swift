import ServiceRuntime
import Slurm

@testable import Collectors

/// A database that jobs' ends come into sooner or later, and that is away now and then.
struct AccountingHistory {
    struct Run {
        let key: RunKey
        var end: Int64
        /// When the database has it.
        let arrives: Int64
    }

    let pace: RunLedger.Pace
    let start: Int64 = 1_000_000
    private(set) var runs: [Run] = []
    /// When it didn't answer.
    private let outages: [Range<Int64>]
    private var random: SeededGenerator

    init(seed: UInt64, runs count: Int = 400, pace: RunLedger.Pace) {
        self.pace = pace
        random = SeededGenerator(seed: seed)
        let (first, length) = (start - 3 * pace.lookback, Int64(60_000))
        var outages: [Range<Int64>] = []
        for _ in 0..<2 {
            let begin = start + Int64.random(in: 0..<length, using: &random)
            outages.append(begin..<begin + Int64.random(in: 1..<12_000, using: &random))
        }
        self.outages = outages
        for number in 0..<count {
            let end = Int64.random(in: first..<start + length, using: &random)
            // Few ids, so that they come round again, and runs of the same job.
            let key = RunKey(
                job: UInt32(number / 3), submitted: Timestamp(first), start: Timestamp(first + Int64(number)))
            let delay = Int64.random(in: 0...pace.overlap - Self.skew, using: &random)
            let held = outages.filter { $0.contains(end) }.map(\.upperBound).max() ?? end
            runs.append(Run(key: key, end: end, arrives: held + delay))
        }
    }

    /// How far clocks are from each other at most.
    static let skew: Int64 = 20

    func isAway(at time: Int64) -> Bool { outages.contains { $0.contains(time) } }

    /// Ends change now and then, a little.
    mutating func amend() {
        let place = Int.random(in: runs.indices, using: &random)
        runs[place].end += Int64.random(in: 0...5, using: &random)
    }

    /// What the database shows, in any order, some of it twice, and some of what wasn't asked for.
    mutating func answer(_ question: RunLedger.Question, at time: Int64) -> [Run] {
        var shown = runs.filter {
            $0.arrives <= time && $0.end >= question.from.seconds - 100 && $0.end <= question.to.seconds
        }
        for _ in 0..<shown.count / 10 { shown.append(shown[Int.random(in: shown.indices, using: &random)]) }
        return shown.shuffled(using: &random)
    }
}
