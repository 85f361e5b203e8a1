import Metrics
import ServiceRuntime

/// When one feed is asked for, and how it went.
struct FeedTimetable: Equatable, Sendable {
    typealias Instant = MonotonicClock.Instant

    private(set) var schedule: FeedSchedule
    /// Its time on the grid of its interval, without jitter.
    private var base: Instant
    private(set) var due: Instant
    /// 0 for the first time, then counts the times it is asked again.
    private(set) var attempt = 0
    private(set) var started: Instant?
    private(set) var lastDuration = Duration.zero
    /// How often it was asked to the end, with an answer or without.
    private(set) var rounds = 0

    init(_ schedule: FeedSchedule, due: Instant) {
        self.schedule = schedule
        base = due
        self.due = due
    }

    var feed: Feed { schedule.feed }

    var ask: Ask { Ask(feed: feed, timeout: schedule.timeout, attempt: attempt) }

    mutating func begin(at now: Instant) {
        started = now
    }

    /// The question is over; when it is asked again is not said yet.
    mutating func end(after duration: Duration) {
        lastDuration = duration
    }

    /// Asks the same again, for it may go better.
    mutating func repeatAsk(at time: Instant) {
        attempt += 1
        due = time
    }

    /// Moves on to its next time, which is not before `earliest`.
    mutating func advance(by interval: Duration, notBefore earliest: Instant, jitter: Duration, at now: Instant) {
        base = max(gridPoint(interval) + interval, earliest, now)
        due = base + jitter
        attempt = 0
        rounds += 1
    }

    /// Somebody waits for it who has had no answer yet: that takes no longer than `patience` after it was asked last.
    mutating func hasten(_ patience: Duration, at now: Instant) {
        guard attempt == 0, let started else { return }
        base = min(base, max(started + patience, now))
        due = min(due, base)
    }

    /// A feed that was asked before its time, or much too late, starts a grid of its own.
    private func gridPoint(_ interval: Duration) -> Instant {
        guard let started else { return base }
        let delay = base.duration(to: started)
        return delay < .zero || delay > interval / 2 ? started : base
    }

    /// Takes over another interval: what becomes due earlier by it does so now.
    mutating func reschedule(_ schedule: FeedSchedule) {
        if let started, attempt == 0, schedule.interval < self.schedule.interval {
            base = min(base, started + schedule.interval)
            due = min(due, base)
        }
        self.schedule = schedule
    }
}
