import HTTPClient
public import Metrics
public import ServiceRuntime
public import Slurm

/// Finds out what a slurmrestd offers: each version of each plugin, then each feed once, in the newest version of its plugin.
public struct Probe: Sendable {
    private let session: RestSession
    private let clock: MonotonicClock
    private let wallClock: WallClock

    /// - Throws: `configuration` or `local`.
    public init(
        _ settings: RestSettings, clock: MonotonicClock = .system, wallClock: WallClock = .system
    ) throws(UpstreamError) {
        let client: HTTPClient
        do throws(HTTPClientError) {
            client = try HTTPClient()
        } catch {
            throw UpstreamError(error)
        }
        session = try RestSession(settings, client: client)
        self.clock = clock
        self.wallClock = wallClock
    }

    public func run() async -> Report {
        var report = Report(address: session.address.description)
        for plugin in Plugin.allCases {
            for version in APIVersion.known {
                let answer = await ask(plugin.probeFeed, plugin.probe(version))
                guard answer.status != 404 else { continue }
                report.offers.append(Offer(plugin: plugin, version: version, error: answer.error))
            }
        }
        report.tokenExpiry = session.tokenExpiry
        // Without the controller accounting alone is no Slurm that could be asked.
        guard report.newest(.controller) != nil else { return report }
        for feed in Feed.allCases {
            guard let version = report.newest(feed.plugin) else { continue }
            let isThere = feed.isCarried(by: version)
            let answer = isThere ? await ask(feed, target(of: feed, version)) : .absent(feed, version)
            report.answers.append(answer)
            report.runningJobs = answer.runningJobs ?? report.runningJobs
        }
        return report
    }

    private var now: Timestamp { Timestamp(Int64(wallClock.now.seconds)) }

    private func target(of feed: Feed, _ version: APIVersion) -> String {
        let ended = feed == .accounting ? EndedJobsQuestion.lastHour(before: now).query(version) : ""
        return feed.target(version) + ended
    }

    private func ask(_ feed: Feed, _ target: String) async -> FeedAnswer {
        var answer = FeedAnswer(feed: feed)
        let observer = ObservingSink(NoSink())
        let began = clock.now
        do throws(UpstreamError) {
            let reply = try await session.get(target, at: session.address, timeout: nil)
            answer.status = reply.status
            let receiver = AnswerReceiver(feed, status: reply.status, into: observer)
            while let chunk = try await reply.next(), receiver.take(chunk) {}
            answer.bytes = receiver.bytes
            let received = receiver.finish()
            answer.records = received.answer.recordCount
            answer.release = received.answer.server.release
            answer.runningJobs = observer.runningJobs
            try received.check()
        } catch {
            answer.error = session.explained(error, at: now)
        }
        answer.duration = began.duration(to: clock.now)
        return answer
    }
}

extension Probe {
    public struct Report: Sendable {
        public let address: String
        public internal(set) var offers: [Offer] = []
        public internal(set) var answers: [FeedAnswer] = []
        public internal(set) var tokenExpiry: Timestamp?
        /// By slurmctld's own count.
        public internal(set) var runningJobs: Int?

        init(address: String) {
            self.address = address
        }

        public func newest(_ plugin: Plugin) -> APIVersion? {
            offers.first { $0.plugin == plugin && $0.error == nil }?.version
        }

        public var release: String? { answers.lazy.compactMap(\.release).first { !$0.isEmpty } }

        /// Why the numbers may be too low, if they look like it.
        public var caveat: String? {
            guard let running = runningJobs, let seen = answers.first(where: { $0.feed == .jobs })?.records,
                seen < running
            else { return nil }
            return "slurmctld counts \(running) running jobs, and the list has \(seen): PrivateData hides the others' "
                + "from this token's user"
        }
    }

    /// A version that is there, or that could not be tried.
    public struct Offer: Sendable {
        public let plugin: Plugin
        public let version: APIVersion
        public let error: UpstreamError?
    }

    public struct FeedAnswer: Sendable {
        public let feed: Feed
        public internal(set) var status: Int?
        public internal(set) var records: Int?
        public internal(set) var bytes = 0
        public internal(set) var duration = Duration.zero
        public internal(set) var release: String?
        public internal(set) var error: UpstreamError?
        var runningJobs: Int?

        init(feed: Feed) {
            self.feed = feed
        }

        static func absent(_ feed: Feed, _ version: APIVersion) -> FeedAnswer {
            var answer = FeedAnswer(feed: feed)
            answer.error = .absent(feed, version)
            return answer
        }

        /// Whether there is nothing to complain of; what this Slurm doesn't have isn't missed.
        public var isGood: Bool { error.map { $0.kind == .absent } ?? true }
    }
}

private final class NoSink: RecordSink {}
