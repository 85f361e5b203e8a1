import HTTPClient
import Locks
import Metrics
import ServiceRuntime
import Slurm

/// Asks slurmrestd: in the newest version that both sides know, at one address after the other.
final class RestSource: Source {
    let session: RestSession
    let book: Locked<VersionBook>
    let logger: Logger
    let clock: MonotonicClock
    /// When accounting is looked for again that wasn't there; nil where it wasn't missed.
    let accountingSearch = Locked<MonotonicClock.Instant?>(nil)
    private let note: @Sendable (RequestNote) -> Void

    /// - Throws: `configuration` or `local`.
    init(
        _ settings: RestSettings, connections: Int, logger: Logger, clock: MonotonicClock,
        note: @escaping @Sendable (RequestNote) -> Void
    ) throws(UpstreamError) {
        session = try RestSession(settings, client: try Self.client(connections))
        book = Locked(VersionBook(pinned: try settings.pinnedVersion))
        self.logger = logger
        self.clock = clock
        self.note = note
    }

    /// Of the connections that slurmrestd has for everybody, idle ones included, it takes no more than it uses.
    private static func client(_ connections: Int) throws(UpstreamError) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.connections = max(1, connections)
        configuration.connectionsPerHost = configuration.connections
        configuration.idleConnections = 1
        do throws(HTTPClientError) {
            return try HTTPClient(configuration)
        } catch {
            throw UpstreamError(error)
        }
    }

    var facts: SourceFacts {
        let book = book.withLock { $0 }
        var versions: [Plugin: APIVersion] = [:]
        for plugin in Plugin.allCases { versions[plugin] = book[plugin] }
        return SourceFacts(
            address: session.address.description, addresses: session.addresses.map(\.description), versions: versions,
            tokenExpiry: session.tokenExpiry)
    }

    func answer(
        _ ask: Ask, ended: EndedJobsQuestion?, to delivery: Delivery, at time: Timestamp
    ) async throws(UpstreamError) -> Exchange {
        let address = session.address
        do throws(UpstreamError) {
            let version = try await version(of: ask.feed.plugin, address, timeout: ask.timeout)
            guard ask.feed.isCarried(by: version) else { throw .absent(ask.feed, version) }
            let target = ask.feed.target(version) + (ended?.query(version) ?? "")
            return try await answer(ask, version, target, address, delivery)
        } catch {
            session.leave(address, after: error)
            throw session.explained(error, at: time)
        }
    }

    private func answer(
        _ ask: Ask, _ version: APIVersion, _ target: String, _ address: RestAddress, _ delivery: Delivery
    ) async throws(UpstreamError) -> Exchange {
        let question = Question(
            feed: ask.feed, target: target, endpoint: ask.feed.endpoint, address: address, timeout: ask.timeout)
        var exchange = try await exchange(question, sink: delivery.begin)
        exchange.version = version
        try judge(exchange, of: ask.feed)
        return exchange
    }

    private func judge(_ exchange: Exchange, of feed: Feed) throws(UpstreamError) {
        do throws(UpstreamError) {
            try exchange.check()
            book.withLock { $0.confirm(feed.plugin) }
        } catch {
            guard error.kind == .version else { throw error }
            let isPinned = book.withLock { book in
                book.miss(feed.plugin)
                return book.isPinned
            }
            throw isPinned && feed.plugin == .accounting ? VersionSearch.noAccounting : error
        }
    }

    /// The scheduler's figures tell when they were made.
    func time(timeout: Duration?) async throws(UpstreamError) -> Timestamp? {
        let address = session.address
        let version = try await version(of: .controller, address, timeout: timeout)
        let question = Question(
            feed: .diag, target: Feed.diag.target(version), endpoint: Feed.diag.endpoint, address: address,
            timeout: timeout)
        let observer = ObservingSink(NoSink())
        _ = try await exchange(question) { $0 == 200 ? observer : nil }
        return observer.requestTime
    }

    private final class NoSink: RecordSink {}
}

/// What is asked, and of whom.
struct Question {
    /// Whose records the answer has.
    let feed: Feed
    let target: String
    /// For metrics.
    let endpoint: String
    let address: RestAddress
    let timeout: Duration?
}

extension RestSource {
    /// Asks, reads the answer to its end, and keeps count of it.
    ///
    /// - Parameter sink: says where the records go, once the status is known.
    func exchange(
        _ question: Question, sink: (Int) -> (any RecordSink)?
    ) async throws(UpstreamError) -> Exchange {
        let began = clock.now
        var status: Int?
        var receiver: AnswerReceiver?
        do throws(UpstreamError) {
            let reply = try await session.get(question.target, at: question.address, timeout: question.timeout)
            status = reply.status
            let fresh = AnswerReceiver(question.feed, status: reply.status, into: sink(reply.status))
            receiver = fresh
            try await read(reply, into: fresh)
            let ended = clock.now
            note(question, status, nil, fresh.bytes, began, ended)
            return Exchange(
                received: fresh.finish().without(reply.token), symbols: fresh.symbols, bytes: fresh.bytes, began: began,
                ended: ended,
                retryAfter: reply.retryAfter)
        } catch {
            note(question, status, error, receiver?.bytes ?? 0, began, clock.now)
            throw error
        }
    }

    private func read(_ reply: RestReply, into receiver: AnswerReceiver) async throws(UpstreamError) {
        while let chunk = try await reply.next() {
            guard receiver.take(chunk) else { return reply.cancel() }
        }
    }

    private func note(
        _ question: Question, _ status: Int?, _ error: UpstreamError?, _ bytes: Int,
        _ began: MonotonicClock.Instant, _ ended: MonotonicClock.Instant
    ) {
        note(
            RequestNote(
                endpoint: question.endpoint, status: status, error: error, bytes: bytes, began: began, ended: ended))
    }
}

extension RestSettings {
    fileprivate var pinnedVersion: APIVersion? {
        get throws(UpstreamError) {
            guard let apiVersion else { return nil }
            guard let version = APIVersion(apiVersion) else {
                throw UpstreamError(.configuration, "\(apiVersion) is no version of the API; write v0.0.44 for example")
            }
            return version
        }
    }
}
