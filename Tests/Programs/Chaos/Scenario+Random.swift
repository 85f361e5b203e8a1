import Locks
import ServiceRuntime

/// Anything, all the time.
extension Scenario {
    static func random(lasting time: Duration, seed: UInt64) -> Scenario {
        let next = Locked(seed)
        return Scenario(
            name: "random", help: "one thing after another, as a seed has it, to the whole fleet at once",
            makeup: .init(coordinators: 3, shards: 3, hasDisk: true, hasWires: true)
        ) { stage in
            let seed = next.withLock { seed in
                defer { seed += 1 }
                return seed
            }
            say("random: --seed \(seed)")
            try await stage.riot(for: time, seed: seed)
        }
    }
}

extension Stage {
    /// How long a value may be shown after the next one is there, whatever happens meanwhile.
    private static let lifetimeOfValues = Duration.seconds(30)

    /// One hand troubles those who lead and their store, another one everybody else.
    fileprivate func riot(for time: Duration, seed: UInt64) async throws {
        let (witness, scales) = (try await beWatched(at: fleet.steadyCoordinator), weigh())
        let (fleet, start) = (fleet, ContinuousClock.now)
        let (end, diary) = (start + time, Diary(since: start))
        async let steps: Void = fleet.liveOn(until: end)
        async let leading = Hand(Deed.ofLeaders, SeededGenerator(seed: seed)).trouble(fleet, until: end, diary) {
            deed in
            let wait = ContinuousClock.now
            if await fleet.comesToLead(within: ChaosFleet.takeoverLimit * 2) { return nil }
            return "nobody led for \(wait.duration(to: .now)) after: \(deed)"
        }
        let rest = Hand(Deed.ofOthers, SeededGenerator(seed: ~seed))
        async let others = rest.trouble(fleet, until: end, diary) { _ in nil }
        for complaint in await leading + others { expect(false, complaint) }
        await steps
        await settles()
        for complaint in witness.verdict(lifetime: Self.lifetimeOfValues, mayLack: true) + scales.complaints {
            expect(false, complaint)
        }
        for line in diary.summary + scales.table { say("  " + line) }
    }
}

extension ChaosFleet {
    /// Slurm makes a step every now and then.
    fileprivate func liveOn(until end: ContinuousClock.Instant) async {
        while ContinuousClock.now < end {
            try? await step()
            try? await Task.sleep(for: .seconds(5))
        }
    }

    /// Whoever asks it is always answered: it is paused and cut off, but never ended.
    var steadyCoordinator: Int { addresses.count - 1 }

    /// - Returns: whether somebody leads in time.
    func comesToLead(within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            if await leader() != nil { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}

/// What was done when.
final class Diary: Sendable {
    private let start: ContinuousClock.Instant
    private let deeds = Locked<[String: Int]>([:])

    init(since start: ContinuousClock.Instant) { self.start = start }

    func note(_ deed: String) {
        deeds.withLock { $0[deed, default: 0] += 1 }
        say("  \(time) s: \(deed)")
    }

    /// Since the start, in seconds.
    var time: Double { (start.duration(to: .now) / .seconds(1) * 10).rounded() / 10 }

    var summary: [String] {
        let deeds = deeds.withLock { $0 }
        return ["\(deeds.values.reduce(0, +)) faults in \(time) s"]
            + deeds.sorted { $0.key < $1.key }.map { "\($1) × \($0)" }
    }
}

/// Does one deed after another.
struct Hand {
    private let deeds: [Deed]
    private var random: SeededGenerator

    init(_ deeds: [Deed], _ random: SeededGenerator) {
        self.deeds = deeds
        self.random = random
    }

    /// - Parameter aftermath: what is wrong when a deed is done.
    /// - Returns: all that was.
    func trouble(
        _ fleet: ChaosFleet, until end: ContinuousClock.Instant, _ diary: Diary,
        aftermath: @Sendable (String) async -> String?
    ) async -> [String] {
        var random = random
        var complaints: [String] = []
        while ContinuousClock.now < end {
            let deed = deeds.randomElement(using: &random)!
            diary.note(deed.name)
            do { try await deed.act(fleet, &random) } catch { complaints.append("\(deed.name): \(error)") }
            if let complaint = await aftermath(deed.name) { complaints.append("at \(diary.time) s \(complaint)") }
            try? await Task.sleep(for: .milliseconds(Int.random(in: 200...1500, using: &random)))
        }
        return complaints
    }
}
