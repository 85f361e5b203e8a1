import Locks
import Metrics
import ServiceRuntime
import Slurm

/// How an upstream is, for people. It holds no secret.
public struct UpstreamStatus: Encodable, Sendable {
    public var cluster: String
    /// Where the next question goes, and all there are.
    public var address: String
    public var addresses: [String]
    public var release: String
    /// By plugin.
    public var versions: [String: String]
    public var breaker: String
    /// How long the breaker lets nothing through.
    public var breakerOpensInSeconds: Double?
    /// How long nothing is asked, after a timeout or because the server wants it so.
    public var pausedForSeconds: Double?
    public var dutyCycle: Double
    public var slowdown: Double
    public var tokenExpires: String?
    /// How many seconds Slurm's clock is ahead of ours.
    public var clockOffsetSeconds: Int64
    /// What is odd about what the user of the token sees.
    public var visibility: String?
    public var feeds: [FeedStatus]
}

/// How a feed of an upstream is.
public struct FeedStatus: Encodable, Sendable {
    public var feed: String
    public var endpoint: String
    public var intervalSeconds: Double
    public var dueInSeconds: Double
    /// For how long a question has been under way.
    public var inFlightForSeconds: Double?
    public var attempt: Int
    public var generation: UInt64
    public var lastSuccess: String?
    public var ageSeconds: Double?
    public var lastDurationSeconds: Double
    public var lastBytes: Int
    public var lastRecords: Int
    /// nil as long as the last question had an answer.
    public var error: String?
    public var errorKind: String?
    public var errorTime: String?
    public var caveat: String?
}

extension Upstream {
    /// Whether the breaker keeps questions back, because too many in a row had no answer.
    public var isLeftAlone: Bool { state.withLock { $0.queue.breaker.state != .closed } }

    public var status: UpstreamStatus {
        let now = clock.now
        return state.withLock { $0.status(at: now) }
    }
}

extension Upstream.State {
    fileprivate func status(at now: MonotonicClock.Instant) -> UpstreamStatus {
        let facts = source?.facts ?? SourceFacts()
        return UpstreamStatus(
            cluster: cluster, address: facts.address, addresses: facts.addresses, release: server.release,
            versions: facts.versionNames, breaker: queue.breaker.state.rawValue,
            breakerOpensInSeconds: queue.breaker.opensUntil.map { now.seconds(to: $0) },
            pausedForSeconds: queue.pausedUntil(now).map { now.seconds(to: $0) },
            dutyCycle: figures.dutyCycle.ratio(at: now, underWay: queue.asked.values), slowdown: queue.slowdown,
            tokenExpires: facts.tokenExpiry?.text,
            clockOffsetSeconds: slurmClock.offset, visibility: visibilityHint,
            feeds: queue.timetables.map { feedStatus($0, at: now) })
    }

    private func feedStatus(_ timetable: FeedTimetable, at now: MonotonicClock.Instant) -> FeedStatus {
        let feed = timetable.feed
        let figures = figures.feeds[feed] ?? FeedFigures()
        return FeedStatus(
            feed: feed.rawValue, endpoint: feed.endpoint, intervalSeconds: queue.interval(of: feed) / .seconds(1),
            dueInSeconds: now.seconds(to: timetable.due),
            inFlightForSeconds: queue.asked[feed].map { $0.seconds(to: now) }, attempt: timetable.attempt,
            generation: figures.generation, lastSuccess: figures.takenAt?.timestamp,
            ageSeconds: figures.taken.map { $0.seconds(to: now) },
            lastDurationSeconds: figures.duration / .seconds(1), lastBytes: figures.bytes,
            lastRecords: figures.records, error: figures.error?.reason, errorKind: figures.error?.label,
            errorTime: figures.errorAt?.timestamp, caveat: figures.caveat)
    }
}

extension Upstream.State {
    var cluster: String { settings.name.isEmpty ? server.cluster : settings.name }

    /// PrivateData hides other users' jobs from a token without privileges, and nothing in the answer says so: but
    /// slurmctld's own count of running jobs does.
    var visibilityHint: String? {
        guard let running = runningJobs, let jobs = figures.feeds[.jobs], jobs.generation > 0 else { return nil }
        guard jobs.records < running - running / 10 else { return nil }
        return """
            slurmctld counts \(running) running jobs, and the list has \(jobs.records): the token's user may not see \
            all of them (PrivateData)
            """
    }
}

extension SourceFacts {
    fileprivate var versionNames: [String: String] {
        Dictionary(uniqueKeysWithValues: versions.map { ($0.rawValue, $1.description) })
    }
}

extension MonotonicClock.Instant {
    func seconds(to other: Self) -> Double { duration(to: other) / .seconds(1) }
}
