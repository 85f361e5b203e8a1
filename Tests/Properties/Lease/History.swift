import Lease
import ServiceRuntime

/// One history of some candidates that share a store, told from a seed: pauses, crashes, departures, slow and failing writes, clocks
/// that run at their own rates, stores that are lost or replaced by an older copy.
///
/// What is right is judged from outside, by true time and by what shards obeyed, not by what candidates say.
public struct History {
    /// A mistake planted on purpose, to see whether it is noticed.
    public enum Mistake: CaseIterable, Sendable {
        /// Shards obey whoever speaks last.
        case noFencing
        /// Trust is counted from the end of a write.
        case trustFromTheEnd
        /// Time is taken from a clock that people set.
        case wallClock
        /// Shards obey a second holder of an epoch.
        case equalEpochs
    }

    public struct Violation: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    /// What happened, to see that a history was worth judging.
    public struct Account: Equatable, Sendable {
        public var takeovers = 0
        public var pauses = 0
        public var crashes = 0
        public var resignations = 0
        public var storeMishaps = 0
        public var refusedOrders = 0

        public init() {}
    }

    static let timing = LeaseTiming(lifetime: .seconds(1), renewalInterval: .milliseconds(200))!
    static let length: Double = 20
    /// At the end nothing happens for so long that somebody must lead.
    static let calm: Double = 6

    var random: SeededGenerator
    let mistake: Mistake?
    var agenda = Agenda()
    var store = SimulatedStore()
    var nodes: [SimulatedCandidate] = []
    var shards = [SimulatedShard](repeating: SimulatedShard(), count: 3)
    var account = Account()
    /// Until when two may each trust a store of their own.
    var divergence: Double = 0

    public static func run(seed: UInt64, with mistake: Mistake? = nil) throws(Violation) -> Account {
        var history = History(seed: seed, mistake)
        try history.play()
        return history.account
    }

    private init(seed: UInt64, _ mistake: Mistake?) {
        random = SeededGenerator(seed: seed)
        self.mistake = mistake
        for number in 0..<Int.random(in: 2...5, using: &random) {
            nodes.append(SimulatedCandidate(number, &random, isWall: mistake == .wallClock))
            agenda.add(.step(node: number, life: 0), at: Double.random(in: 0...0.5, using: &random))
        }
        planMishaps()
    }

    private mutating func planMishaps() {
        let end = Self.length - Self.calm
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            let node = Int.random(in: nodes.indices, using: &random)
            let time = Double.random(in: 0.5...end, using: &random)
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<4: agenda.add(.pause(node: node, for: Double.random(in: 0.1...4, using: &random)), at: time)
            case 4..<6: agenda.add(.crash(node: node, for: Double.random(in: 0...3, using: &random)), at: time)
            case 6: agenda.add(.setClock(node: node, by: Double.random(in: -3...3, using: &random)), at: time)
            case 7: store.slow(from: time, to: time + Double.random(in: 0.2...2, using: &random))
            case 8: agenda.add(.resign(node: node, for: Double.random(in: 0...3, using: &random)), at: time)
            case 9: agenda.add(.stepDown(node: node), at: time)
            case 10: store.fail(from: time, to: time + Double.random(in: 0.2...2, using: &random))
            default: agenda.add(.mishap(isLoss: Bool.random(using: &random)), at: time)
            }
        }
    }

    private mutating func play() throws(Violation) {
        while let (time, event) = agenda.next(), time < Self.length {
            handle(event, at: time)
            try judge(at: time)
        }
        let leaders = nodes.filter { $0.leads(at: Self.length) }.count
        guard leaders == 1 else { throw Violation(description: "\(leaders) lead after \(Self.calm) calm seconds") }
    }

    private func judge(at time: Double) throws(Violation) {
        let leaders = nodes.filter { !$0.isPaused(at: time) && $0.leads(at: time) }
        if leaders.count > 1, time > divergence {
            let names = leaders.map { "\($0.election.candidate)" }.joined(separator: " and ")
            throw Violation(description: "at \(time) \(names) lead")
        }
        if let violation = store.violation ?? shards.lazy.compactMap(\.violation).first { throw violation }
    }
}
