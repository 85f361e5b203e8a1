import Metrics
import ServiceRuntime

/// Decides what an upstream is asked next, and when.
///
/// It asks nobody and has no clock: it is asked `next`, and told how questions ended.
///
/// - One request at a time by default; never two heavy ones.
/// - After a timeout the question counts as under way for as long again, since slurmrestd goes on working on it.
/// - All requests together take no more than `maximumLoad` of the time, but for each feed's first. The light ones don't
///   wait for what the heavy ones took, as long as they take no more than half of that share themselves; so neither
///   starve the others.
/// - What has been due for longest comes first.
struct UpstreamQueue<Random: RandomNumberGenerator & Sendable>: Sendable {
    typealias Instant = MonotonicClock.Instant

    enum Step: Equatable, Sendable {
        case ask(Ask)
        /// Nothing before that time; nil for nothing before a question ends.
        case wait(until: Instant?)
    }

    private(set) var settings: QueueSettings
    private(set) var breaker: CircuitBreaker
    private(set) var timetables: [FeedTimetable]
    /// How many times as long intervals are.
    var slowdown = 1.0
    /// Counts the pauses after timeouts.
    private(set) var pauses = 0
    private(set) var retries: [Feed: Int] = [:]
    private var random: Random
    /// Questions without an answer yet, and when they were asked.
    private var underWay: [Feed: Instant] = [:]
    /// Of all requests, and of the light ones.
    private var load: LoadAccount
    private var lightLoad: LoadAccount
    /// Questions without an answer on which Slurm may still be at work.
    private var abandoned: [Abandoned] = []
    /// The server's wish to be left alone.
    private var heldUntil: Instant?
    private var trialTime: Instant
    /// What was asked last to find out whether all is well again, if that went well.
    private var goodTrial: Feed?

    private struct Abandoned: Sendable {
        let feed: Feed
        let until: Instant
    }

    /// - Parameter stagger: how long after the one before each feed comes first, the lightest ones in front.
    init(
        _ settings: QueueSettings, breaker: BreakerSettings, schedule: [FeedSchedule],
        stagger: Duration = .milliseconds(50), random: Random, at now: Instant
    ) {
        self.settings = settings
        self.breaker = CircuitBreaker(breaker)
        self.random = random
        load = LoadAccount(rate: settings.share, at: now)
        lightLoad = LoadAccount(rate: settings.lightShare, at: now)
        trialTime = now
        timetables = schedule.sorted { $0.feed.weight < $1.feed.weight }.enumerated().map { place, schedule in
            FeedTimetable(schedule, due: now + stagger * place)
        }
    }

    /// Questions that are under way.
    var asked: [Feed: Instant] { underWay }

    /// How long after its last start a feed is asked again.
    func interval(of feed: Feed) -> Duration {
        interval(of: feed, lasting: timetable(of: feed)?.lastDuration ?? .zero)
    }

    /// The same, had its last answer taken so long.
    func interval(of feed: Feed, lasting duration: Duration) -> Duration {
        max((timetable(of: feed)?.schedule.interval ?? .zero) * slowdown, duration / settings.share)
    }

    private func timetable(of feed: Feed) -> FeedTimetable? { timetables.first { $0.feed == feed } }

    /// Nothing is asked before then: a pause after a timeout, or the server's wish.
    func pausedUntil(_ now: Instant) -> Instant? {
        (abandoned.map(\.until) + [heldUntil].compactMap(\.self)).filter { $0 > now }.max()
    }
}

extension UpstreamQueue {
    mutating func next(at now: Instant) -> Step {
        breaker.advance(to: now)
        abandoned.removeAll { $0.until <= now }
        if let heldUntil, heldUntil > now { return .wait(until: heldUntil) }
        guard underWay.count + abandoned.count < max(1, settings.maximumRequests) else {
            return .wait(until: abandoned.map(\.until).min())
        }
        switch breaker.state {
        case .open: return .wait(until: breaker.opensUntil)
        case .halfOpen: return nextTrial(at: now)
        case .closed: return nextDue(at: now)
        }
    }

    /// One light question at a time, whether it is due or not.
    private mutating func nextTrial(at now: Instant) -> Step {
        guard underWay.isEmpty, abandoned.isEmpty else { return .wait(until: abandoned.map(\.until).min()) }
        guard trialTime <= now else { return .wait(until: trialTime) }
        guard let place = trialPlace else { return .wait(until: nil) }
        return begin(place, at: now)
    }

    /// The one that went well goes on; else it is the turn of the one that was asked longest ago, so that a feed with a
    /// trouble of its own doesn't speak for the others.
    private var trialPlace: Int? {
        if let place = timetables.firstIndex(where: { $0.feed == goodTrial }) { return place }
        let light = timetables.indices.filter { !timetables[$0].feed.isHeavy }
        let places = light.isEmpty ? Array(timetables.indices) : light
        return places.min { left, right in
            guard let right = timetables[right].started else { return false }
            return timetables[left].started.map { $0 < right } ?? true
        }
    }

    private mutating func nextDue(at now: Instant) -> Step {
        let places = timetables.indices.filter { mayBegin(timetables[$0].feed) }
        let ready = places.filter { readiness(of: timetables[$0]) <= now }
        if let place = ready.min(by: { timetables[$0].due < timetables[$1].due }) { return begin(place, at: now) }
        return .wait(until: places.map { readiness(of: timetables[$0]) }.min())
    }

    private func mayBegin(_ feed: Feed) -> Bool {
        let isHeavyBusy = underWay.keys.contains(where: \.isHeavy) || abandoned.contains { $0.feed.isHeavy }
        return underWay[feed] == nil && !(feed.isHeavy && isHeavyBusy)
    }

    private func readiness(of timetable: FeedTimetable) -> Instant {
        guard timetable.rounds > 0 || timetable.attempt > 0 else { return timetable.due }
        return max(timetable.due, timetable.feed.isHeavy ? load.balanced : lightLoad.balanced)
    }

    private mutating func begin(_ place: Int, at now: Instant) -> Step {
        let feed = timetables[place].feed
        timetables[place].begin(at: now)
        underWay[feed] = now
        load.begin(at: now)
        if !feed.isHeavy { lightLoad.begin(at: now) }
        return .ask(timetables[place].ask)
    }
}

extension UpstreamQueue {
    /// A question is over.
    ///
    /// - Parameter retryAfter: how long the server asks to be left alone.
    mutating func end(_ ask: Ask, _ outcome: AskOutcome, retryAfter: Duration? = nil, at now: Instant) {
        guard let started = underWay.removeValue(forKey: ask.feed) else { return }
        let duration = started.duration(to: now)
        let pause = outcome == .failure(.timeout) ? max(duration, ask.timeout ?? duration) : .zero
        if pause > .zero { abandon(ask.feed, until: now + pause) }
        if let retryAfter { heldUntil = max(heldUntil ?? now, now + min(retryAfter, .seconds(300))) }
        charge(ask.feed, duration + pause, at: now)
        note(ask.feed, outcome, at: now)
        guard let place = timetables.firstIndex(where: { $0.feed == ask.feed }) else { return }
        timetables[place].end(after: duration + pause)
        plan(place, outcome, notBefore: started + (duration + pause) / settings.share, at: now)
    }

    private mutating func abandon(_ feed: Feed, until: Instant) {
        abandoned.append(Abandoned(feed: feed, until: until))
        pauses += 1
    }

    private mutating func charge(_ feed: Feed, _ duration: Duration, at now: Instant) {
        load.end(duration, at: now)
        if !feed.isHeavy { lightLoad.end(duration, at: now) }
    }

    private mutating func note(_ feed: Feed, _ outcome: AskOutcome, at now: Instant) {
        switch outcome {
        case .success, .piece: breaker.succeed()
        case .failure(.withdrawn), .failure(.apart): break
        case .controllerless, .failure: breaker.fail(at: now)
        }
        goodTrial = outcome == .success || outcome == .piece ? feed : nil
        trialTime = now + .seconds(settings.retryDelaySeconds)
    }

    private mutating func plan(_ place: Int, _ outcome: AskOutcome, notBefore earliest: Instant, at now: Instant) {
        let timetable = timetables[place]
        if let delay = retryDelay(outcome, after: timetable.attempt) {
            retries[timetable.feed, default: 0] += 1
            timetables[place].repeatAsk(at: max(now + delay, earliest))
        } else if outcome == .piece {
            timetables[place].advance(by: .zero, notBefore: earliest, jitter: .zero, at: now)
        } else {
            let jitter = Duration.seconds(settings.jitterSeconds) * Double.random(in: 0...1, using: &random)
            timetables[place].advance(
                by: timetable.schedule.interval * slowdown, notBefore: earliest, jitter: jitter, at: now)
        }
    }

    /// - Returns: nil where the question isn't asked again before its time.
    private func retryDelay(_ outcome: AskOutcome, after attempt: Int) -> Duration? {
        switch outcome {
        case .failure(.passing) where attempt < settings.retryAttempts:
            let backoff = (0..<attempt).reduce(1.0) { factor, _ in factor * settings.retryBackoff }
            return .seconds(settings.retryDelaySeconds * backoff)
        case .failure(.auth) where attempt == 0: return .seconds(settings.retryDelaySeconds)
        default: return nil
        }
    }
}

extension UpstreamQueue {
    /// Asks on whatever fails: for when there is an end to it.
    /// Somebody waits for a feed who has had no answer yet: some are asked for once in minutes only.
    mutating func hasten(_ feed: Feed, at now: Instant) {
        guard underWay[feed] == nil, let place = timetables.firstIndex(where: { $0.feed == feed }) else { return }
        timetables[place].hasten(.seconds(60), at: now)
    }

    mutating func disableBreaker() {
        var settings = BreakerSettings()
        settings.isEnabled = false
        breaker = CircuitBreaker(settings)
    }

    /// Takes over another schedule; feeds that stay keep their times.
    mutating func update(
        _ settings: QueueSettings, breaker: BreakerSettings, schedule: [FeedSchedule], at now: Instant
    ) {
        self.settings = settings
        self.breaker.settings = breaker
        load.rate = settings.share
        lightLoad.rate = settings.lightShare
        let known = timetables
        timetables = schedule.sorted { $0.feed.weight < $1.feed.weight }.map { schedule in
            guard var timetable = known.first(where: { $0.feed == schedule.feed }) else {
                return FeedTimetable(schedule, due: now)
            }
            timetable.reschedule(schedule)
            return timetable
        }
    }
}

extension QueueSettings {
    fileprivate var share: Double { min(max(maximumLoad, 0.001), 1) }
    fileprivate var lightShare: Double { share < 1 ? share / 2 : 1 }
}

extension Feed {
    /// What costs Slurm least comes first.
    fileprivate var weight: Int { Self.byWeight.firstIndex(of: self) ?? Self.byWeight.count }

    private static let byWeight: [Feed] = [
        .diag, .ping, .partitions, .licenses, .reservations, .clusters, .tres, .qos, .wckeys, .dbd, .shares,
        .nodes, .jobs, .associations, .accounting,
    ]
}
