import Locks
import ServiceRuntime
import TestSupport

/// Anything, all the time.
extension Scenario {
    static func random(lasting time: Duration, seed: UInt64) -> Scenario {
        let next = Locked(seed)
        return Scenario(
            name: "random", help: "one thing after another, as a seed has it, to the whole fleet",
            makeup: .init(coordinators: 3, shards: 3, lostAfter: .seconds(2), hasDisk: true, hasWires: true)
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

    fileprivate func riot(for time: Duration, seed: UInt64) async throws {
        let (witness, scales) = (try await beWatched(at: fleet.steadyCoordinator), weigh())
        let (fleet, diary) = (fleet, Diary(since: .now))
        let end = ContinuousClock.now + time
        async let steps: Void = fleet.liveOn(until: end)
        var random = SeededGenerator(seed: seed)
        while ContinuousClock.now < end {
            let deed = Deed.all.randomElement(using: &random)!
            diary.note(deed.name)
            do { try await deed.act(fleet, &random) } catch { expect(false, "\(deed.name): \(error)") }
            await recovers(from: deed, diary)
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...500, using: &random)))
        }
        await steps
        await settles()
        let complaints = witness.verdict(lifetime: Self.lifetimeOfValues, patience: .seconds(10), mayLack: true)
        for complaint in complaints + scales.complaints { expect(false, complaint) }
        for line in diary.summary + scales.table { say("  " + line) }
    }

    /// Somebody leads soon, and the fleet is whole some time later: until then nothing else happens to it.
    private func recovers(from deed: Deed, _ diary: Diary) async {
        let (fleet, start) = (fleet, ContinuousClock.now)
        let leads = await fleet.comesToLead(within: fleet.takeoverLimit * 2)
        expect(leads, "at \(diary.time) s nobody leads for \(start.duration(to: .now)) after: \(deed.name)")
        var lack: String?
        _ = await eventually(within: .seconds(30)) {
            lack = await fleet.lack
            return lack == nil
        }
        if let lack { expect(false, "at \(diary.time) s \(lack), 30 s after: \(deed.name)") }
        note(recovery: start.duration(to: .now))
    }
}

extension ChaosFleet {
    /// Slurm makes a step every now and then.
    fileprivate func liveOn(until end: ContinuousClock.Instant) async {
        while ContinuousClock.now < end {
            try? await Task.sleep(for: .seconds(5))
            try? await step()
        }
    }

    /// Whoever asks it is always answered: it is paused and cut off, but never ended.
    var steadyCoordinator: Int { addresses.count - 1 }

    /// Why the fleet isn't whole; nil once somebody leads, and shows all slices as their owners have them.
    fileprivate var lack: String? {
        get async {
            guard let leader = await leader() else { return "nobody leads" }
            guard let status = await status(leader) else { return "the leader doesn't say how the fleet is" }
            let unserved = status.slices.filter { $0.state != "serving" || $0.former != nil }
            guard unserved.isEmpty else { return "\(unserved) aren't served by \(status.shards)" }
            guard let age = await figure(leader, "slurm_fleet_copy_age_seconds") else {
                return "the leader has no copy"
            }
            return age < 3 ? nil : "the leader's copy is \(age) s old"
        }
    }

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
