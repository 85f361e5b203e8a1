public import ServiceRuntime

/// Who leads, as one candidate sees it: a state machine without a clock, a store or a thread.
///
/// Whoever runs it asks `next` what to do, does it, and tells `finish` what came of it.
///
/// What it guarantees, of candidates that share one store whose writes are atomic and durable:
/// - An epoch has one holder. Each takeover is a compare-and-set on the whole record, and raises the epoch.
/// - Of two candidates at most one trusts its lease, as long as no clock runs half as fast again as another. No clock is
///   compared with another: a candidate takes over after it has seen a record stand still for the record's whole lifetime
///   by its own clock, which counts suspended time; the holder trusts its lease for two thirds of the lifetime from the
///   start of the write that renewed it.
///
/// What it doesn't guarantee:
/// - That nobody acts as a leader who has stopped being one. A machine that is paused as a whole between `leads` and the
///   deed finds out only afterwards. So each plan and each write carries its epoch, and whoever obeys refuses a lower one.
/// - That somebody leads. A writer that is stopped inside its transaction blocks all others for as long as it is stopped.
/// - Anything on a file system whose locks don't hold among all who use it, as with most network file systems. What is
///   left then is the epoch, and that shards obey the first holder of one.
public struct Election: Sendable {
    /// One term in office.
    public struct Term: Hashable, Sendable {
        public let epoch: UInt64
        public let holder: Candidate

        public init(epoch: UInt64, holder: Candidate) {
            self.epoch = epoch
            self.holder = holder
        }
    }

    public enum Step: Equatable, Sendable {
        case attempt(LeaseAttempt)
        /// There is nothing to do before then, unless something is told.
        case wait(until: MonotonicClock.Instant)
    }

    private enum Position: Equatable {
        /// The store's record, and since when it is known to stand still; nil before it was read.
        case watching(Sighting?)
        case holding(LeaseRecord, trustedUntil: MonotonicClock.Instant)
        case gone
    }

    private struct Sighting: Equatable {
        let record: LeaseRecord?
        let since: MonotonicClock.Instant
    }

    public let candidate: Candidate
    let timing: LeaseTiming
    private let courtesy: Duration
    private var position = Position.watching(nil)
    private var isUnderWay = false
    private var due: MonotonicClock.Instant
    /// The latest term heard of.
    private var latest: Term?
    /// Until when nothing is claimed.
    private var abstains: MonotonicClock.Instant
    private var departure = Departure.none

    private enum Departure {
        case none
        /// Others may lead for a while.
        case forAWhile
        case forGood
    }

    /// - Parameter courtesy: how much longer than necessary this candidate waits, so that a preferred one comes first.
    public init(
        _ candidate: Candidate, timing: LeaseTiming = .standard, courtesy: Duration = .zero,
        at now: MonotonicClock.Instant
    ) {
        self.candidate = candidate
        self.timing = timing
        self.courtesy = courtesy
        due = now
        abstains = now
    }
}

/// What it says.
extension Election {
    /// Whether this candidate leads, as far as anybody can know.
    public func leads(at now: MonotonicClock.Instant) -> Bool { term(at: now) != nil }

    /// The term that this candidate is in and still trusts.
    public func term(at now: MonotonicClock.Instant) -> Term? {
        guard case .holding(let record, let trustedUntil) = position, now < trustedUntil, departure == .none
        else { return nil }
        return Term(epoch: record.epoch, holder: candidate)
    }

    /// Who leads by the store's last word; not whether they still do.
    public var lastHolder: Term? {
        switch position {
        case .watching(let sighting):
            sighting?.record.flatMap { record in record.holder.map { Term(epoch: record.epoch, holder: $0) } }
        case .holding(let record, _): Term(epoch: record.epoch, holder: candidate)
        case .gone: nil
        }
    }

    /// How old the last renewal is that is known of.
    public func age(at now: MonotonicClock.Instant) -> Duration? {
        switch position {
        case .watching(let sighting): sighting.map { $0.since.duration(to: now) }
        case .holding(_, let trustedUntil): trustedUntil.duration(to: now) + timing.trust
        case .gone: nil
        }
    }
}

/// What happens to it.
extension Election {
    /// Somebody obeys this term. If it is no earlier than ours and not ours, we are no leader any more, whatever our store
    /// says: it is not the only one, or was replaced by an older copy.
    public mutating func hear(_ term: Term, at now: MonotonicClock.Instant) {
        note(term)
        if case .holding(let record, _) = position, isOverruled(record) { stepDown(at: now) }
    }

    private mutating func note(_ term: Term) {
        guard let latest else { return self.latest = term }
        if term.epoch > latest.epoch || term.epoch == latest.epoch && term.holder != candidate { self.latest = term }
    }

    private func isOverruled(_ record: LeaseRecord) -> Bool {
        guard let latest else { return false }
        return latest.epoch > record.epoch || latest.epoch == record.epoch && latest.holder != candidate
    }

    private var floor: UInt64 { latest?.epoch ?? 0 }

    /// Lets others lead for a while; without others it leads again afterwards.
    public mutating func stepDown(at now: MonotonicClock.Instant) {
        guard case .holding = position, departure == .none else { return }
        departure = .forAWhile
        abstains = now + timing.lifetime
        due = now
    }

    /// Whether it lets others lead.
    public func abstains(at now: MonotonicClock.Instant) -> Bool { now < abstains }

    /// Never leads again. A store that fails is asked again for as long as the lease would have been trusted.
    public mutating func resign(at now: MonotonicClock.Instant) {
        if case .holding = position {
            departure = .forGood
            due = now
        } else if !isUnderWay {
            position = .gone
        } else {
            departure = .forGood
        }
    }

    /// Whether there is nothing left to do after `resign`.
    public var isGone: Bool { position == .gone }
}

/// What it wants.
extension Election {
    public mutating func next(at now: MonotonicClock.Instant) -> Step {
        guard !isUnderWay, position != .gone else { return .wait(until: now + timing.renewalInterval) }
        guard now >= due else { return .wait(until: due) }
        isUnderWay = true
        return .attempt(LeaseAttempt(action(at: now), started: now))
    }

    private func action(at now: MonotonicClock.Instant) -> LeaseAttempt.Action {
        switch position {
        case .holding(let record, _) where departure != .none: .replace(record, with: record.resigned(above: floor))
        case .holding(let record, _): .replace(record, with: record.renewed(lifetime: timing.lifetime))
        case .watching(let sighting?) where mayClaim(sighting, at: now):
            .replace(
                sighting.record,
                with: .claimed(
                    after: sighting.record, above: floor, by: candidate, lifetime: timing.lifetime))
        case .watching, .gone: .read
        }
    }

    private func mayClaim(_ sighting: Sighting, at now: MonotonicClock.Instant) -> Bool {
        guard now >= abstains, departure == .none else { return false }
        let stillness = sighting.since.duration(to: now)
        guard let record = sighting.record, let holder = record.holder else { return stillness >= courtesy }
        // Ours, from a write of which nothing was heard: nobody else can be in that term.
        if holder == candidate { return true }
        return stillness >= record.lifetime + courtesy
    }
}

extension Election {
    public mutating func finish(_ attempt: LeaseAttempt, _ outcome: LeaseOutcome, at now: MonotonicClock.Instant) {
        guard isUnderWay else { preconditionFailure("nothing is under way") }
        isUnderWay = false
        switch outcome {
        case .written: written(attempt, at: now)
        case .found(let record): found(record, at: now)
        case .failed(let failure): failed(failure, at: now)
        }
        if departure == .forGood, case .watching = position { position = .gone }
    }

    private mutating func written(_ attempt: LeaseAttempt, at now: MonotonicClock.Instant) {
        guard case .replace(_, let record) = attempt.action else { preconditionFailure("nothing was to be written") }
        guard record.holder == candidate else { return leave(record, at: now) }
        position = .holding(record, trustedUntil: attempt.started + timing.trust)
        // Should the store be lost, its successor starts above this.
        note(Term(epoch: record.epoch, holder: candidate))
        due = departure == .none ? max(now, attempt.started + timing.renewalInterval) : now
        if isOverruled(record) { stepDown(at: now) }
    }

    private mutating func found(_ record: LeaseRecord?, at now: MonotonicClock.Instant) {
        switch position {
        case .holding(let own, let trustedUntil):
            // A renewal of which nothing was heard took place. When, nobody knows, so it extends nothing.
            if let record, record.holder == candidate, record.epoch == own.epoch {
                position = .holding(record, trustedUntil: trustedUntil)
                due = now
            } else {
                leave(record, at: now)
            }
        case .watching(let sighting?) where sighting.record == record: due = now + timing.pollInterval
        case .watching, .gone: watch(record, at: now)
        }
    }

    private mutating func failed(_ failure: LeaseFailure, at now: MonotonicClock.Instant) {
        due = now + timing.pollInterval
        switch (position, failure.kind) {
        // What we hold is in a file that nobody else sees.
        case (.holding, .replaced): position = .watching(nil)
        case (.watching, .replaced): position = .watching(nil)
        // Later nobody is served by trying: the lease runs out by itself.
        case (.holding(_, let trustedUntil), _) where departure == .forGood && now >= trustedUntil: position = .gone
        // Whatever took place, the next attempt finds out: a record that is seen twice has not changed in between.
        default: break
        }
    }

    private mutating func leave(_ record: LeaseRecord?, at now: MonotonicClock.Instant) {
        if departure == .forAWhile { departure = .none }
        watch(record, at: now)
    }

    private mutating func watch(_ record: LeaseRecord?, at now: MonotonicClock.Instant) {
        if let record, let holder = record.holder { note(Term(epoch: record.epoch, holder: holder)) }
        position = .watching(Sighting(record: record, since: now))
        due = now + timing.pollInterval
    }
}
