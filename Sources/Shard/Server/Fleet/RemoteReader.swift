import Collectors
import FleetProtocol
import HTTPClient
import Locks
import Metrics
import RecordFormat
import ServiceRuntime
import Slurm

/// Reads a slice's feeds from the shard that asks Slurm.
final class RemoteReader: Sendable {
    let owner: String
    private let url: String
    private let slice: Slice
    private let collection: ClusterCollection
    private let heard: Locked<Set<Feed>>
    private let tokens: FleetTokens
    private let client: HTTPClient
    private let logger: Logger
    private let clock = MonotonicClock.system
    private let state = Locked(State())

    private struct State {
        var tasks: [Task<Void, Never>] = []
        /// Since when the owner can't be reached.
        var unreachableSince: MonotonicClock.Instant?
    }

    private static let patience = Duration.seconds(5)

    /// - Parameter heard: of which feeds an owner said what it knows, be it records or why there are none.
    init(
        _ slice: Slice, from owner: PlannedShard, into collection: ClusterCollection, hearing heard: Locked<Set<Feed>>,
        tokens: FleetTokens, client: HTTPClient, logger: Logger
    ) {
        self.slice = slice
        self.owner = owner.id
        url = owner.url
        self.collection = collection
        self.heard = heard
        self.tokens = tokens
        self.client = client
        self.logger = logger.with(["slice": .string(slice.id), "owner": .string(owner.id)])
    }

    /// Whether it is the same reading: the plan says from where.
    func reads(_ slice: Slice, from owner: PlannedShard) -> Bool {
        self.slice == slice && self.owner == owner.id && url == owner.url
    }

    var isCutOff: Bool {
        state.withLock { $0.unreachableSince }.map { $0.duration(to: clock.now) >= Self.patience } ?? false
    }

    /// - Parameters:
    ///   - works: those that may still give records to the collection.
    ///   - counters: what the collection counts on.
    func start(after works: [ClusterWork], _ counters: CounterArrival) {
        let tasks = collection.feeds.map { feed in
            Task {
                do {
                    try await ClusterWork.end(of: works)
                    try await counters.come()
                    try await read(feed)
                } catch {}
            }
        }
        state.withLock { $0.tasks = tasks }
    }

    /// Returns once nothing is read any more.
    func stop() async {
        let tasks = state.withLock { $0.tasks }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func read(_ feed: Feed) async throws {
        var progress = Progress()
        while true {
            let start = clock.now
            var pause = Duration.seconds(1)
            do throws(FeedUnavailable) {
                if let wait = try await readNext(feed, &progress) { pause = wait }
            } catch {
                try Task.checkCancellation()
                note(error, of: feed, after: start.duration(to: clock.now))
                pause = error.isPatient ? .seconds(1) : .seconds(2)
            }
            try await clock.sleep(until: clock.now.advanced(by: pause))
        }
    }

    private struct Progress {
        var newest: UInt64 = 0
        /// The owner's last failure that was told here.
        var failure: String?
        var wish: EndedJobsQuestion?
        /// Slurm's, with the newest generation.
        var time: Timestamp?
    }

    /// - Returns: when to ask for the next; nil where there is nothing newer.
    private func readNext(_ feed: Feed, _ progress: inout Progress) async throws(FeedUnavailable) -> Duration? {
        let start = clock.now
        let wish = feed == .accounting ? wish(&progress) : nil
        let response = try await send(feed, progress.newest, wish)
        state.withLock { $0.unreachableSince = nil }
        if let failure = response.fields[FeedRoute.failureField], failure != progress.failure {
            progress.failure = failure
            heard.withLock { _ = $0.insert(feed) }
            collection.fail(feed, FeedRoute.failure(in: failure), after: .zero)
        }
        if response.status == 304 { return nil }
        guard response.status == 200 else { throw FeedUnavailable(response.status) }
        let generation = try await take(response, feed, received: start)
        heard.withLock { _ = $0.insert(feed) }
        let next = generation.taken.advanced(by: generation.interval)
        progress.newest = generation.number
        (progress.wish, progress.time) = (nil, generation.time)
        return max(.milliseconds(500), min(clock.now.duration(to: next), .seconds(600)))
    }

    private func take(
        _ response: HTTPClient.Response, _ feed: Feed, received: MonotonicClock.Instant
    ) async throws(FeedUnavailable) -> Generation {
        var streamed = StreamedGeneration(of: feed, to: collection)
        do {
            while let chunk = try await response.body.next() { try streamed.take(chunk) }
            return try await streamed.end(received: received)
        } catch let error as RecordFormatError {
            throw FeedUnavailable(error)
        } catch {
            throw FeedUnavailable(reason: "\(error)")
        }
    }

    /// What the owner is to ask for next: the same until a generation has come. Before the first nobody here knows what
    /// time it is at Slurm's.
    private func wish(_ progress: inout Progress) -> EndedJobsQuestion? {
        guard let time = progress.time else { return nil }
        progress.wish = progress.wish ?? collection.endedJobsQuestion(expectedTime: time)
        return progress.wish
    }

    private func send(
        _ feed: Feed, _ newest: UInt64, _ wish: EndedJobsQuestion?
    ) async throws(FeedUnavailable) -> HTTPClient.Response {
        do {
            var fields: [(name: String, value: String)] = []
            if newest > 0 { fields.append((name: "If-None-Match", value: "\"\(newest)\"")) }
            if let authorization = try tokens.authorization {
                fields.append((name: "Authorization", value: authorization))
            }
            var request = try HTTPClient.Request(
                .get, "\(url)/feeds/\(slice.cluster)/\(feed.rawValue)?slice=\(slice.id)\(wish?.query ?? "")",
                fields: fields)
            request.limit = 8 << 30
            request.gzip = !url.hasPrefix("http://127.")
            request.deadlines = .init(connect: .seconds(3), firstByte: .seconds(10), stall: .seconds(10))
            return try await client.send(request)
        } catch let error as HTTPClientError {
            if error.kind.isAboutReaching { state.withLock { $0.unreachableSince = $0.unreachableSince ?? clock.now } }
            throw FeedUnavailable(reason: "\(error)")
        } catch {
            throw FeedUnavailable(reason: "\(error)")
        }
    }

    private func note(_ error: FeedUnavailable, of feed: Feed, after duration: Duration) {
        guard !error.isPatient else { return }
        logger.warning("no records", ["feed": .string(feed.rawValue), "error": .string(error.reason)])
        collection.fail(feed, FeedFailure(error: "fleet"), after: duration)
    }
}

extension HTTPClientError.Kind {
    fileprivate var isAboutReaching: Bool {
        switch self {
        case .dns, .connect, .tls, .timeout, .stall, .reset: true
        case .truncated, .malformed, .tooLarge, .cancelled, .invalidRequest, .closed, .local: false
        }
    }
}

/// Why another shard gives no records.
private struct FeedUnavailable: Error {
    let reason: String
    /// Whether the owner has nothing yet: no fault of anybody's.
    var isPatient = false

    init(reason: String) {
        self.reason = reason
    }

    init(_ status: Int) {
        reason = "answers with \(status)"
        isPatient = status == 503
    }

    init(_ error: RecordFormatError) {
        reason = error.description
    }
}
