import Locks
import Metrics
import ServiceRuntime
import Slurm

extension Upstream {
    /// Asks one question, and tells the consumer and the queue what came of it.
    func answer(_ ask: Ask) async {
        let began = clock.now
        let delivery = Delivery(ask.feed, to: consumer, expectedTime: expectedTime)
        var outcome: AskOutcome
        var retryAfter: Duration?
        do throws(UpstreamError) {
            outcome = try await fetch(ask, delivery)
        } catch {
            outcome = AskOutcome(error)
            retryAfter = error.retryAfter
            note(error, of: ask.feed)
            delivery.fail(error, after: began.duration(to: clock.now))
        }
        state.withLock { $0.queue.end(ask, outcome, retryAfter: retryAfter, at: clock.now) }
    }

    private func fetch(_ ask: Ask, _ delivery: Delivery) async throws(UpstreamError) -> AskOutcome {
        guard let session = state.withLock({ $0.session }) else { throw UpstreamError(.cancelled, "not started") }
        let address = session.address
        do throws(UpstreamError) {
            let version = try await version(of: ask.feed.plugin, session, address, timeout: ask.timeout)
            return try await fetch(ask, version, session, address, delivery)
        } catch {
            session.leave(address, after: error)
            throw explained(error, session)
        }
    }

    private func fetch(
        _ ask: Ask, _ version: APIVersion, _ session: RestSession, _ address: RestAddress, _ delivery: Delivery
    ) async throws(UpstreamError) -> AskOutcome {
        if ask.feed == .accounting { await learnTheTime(session, address, timeout: ask.timeout) }
        let question = Question(
            feed: ask.feed, target: target(of: ask.feed, version), endpoint: ask.feed.endpoint, address: address,
            timeout: ask.timeout)
        let exchange = try await exchange(question, session, sink: delivery.begin)
        note(delivery.observer, exchange)
        try judge(exchange, of: ask.feed)
        await delivery.end(accept(exchange, version, delivery.observer?.requestTime))
        if ask.feed == .accounting, consumer.lacksEndedJobs { return .piece }
        return delivery.observer?.isControllerless == true ? .controllerless : .success
    }

    private func target(of feed: Feed, _ version: APIVersion) -> String {
        let target = feed.target(version)
        guard feed == .accounting, let question = consumer.endedJobsQuestion(expectedTime: expectedTime) else {
            return target
        }
        return target + question.query(version)
    }

    private func judge(_ exchange: Exchange, of feed: Feed) throws(UpstreamError) {
        do throws(UpstreamError) {
            try exchange.check()
            state.withLock { $0.versions.confirm(feed.plugin) }
        } catch {
            if error.kind == .version { state.withLock { $0.versions.miss(feed.plugin) } }
            throw error
        }
    }
}

extension Upstream {
    /// Which jobs ended by now depends on what Slurm takes for now, and the database's answers don't say it. Where nothing
    /// else was asked that says it, diag is; where that fails, our own clock has to do.
    private func learnTheTime(_ session: RestSession, _ address: RestAddress, timeout: Duration?) async {
        let now = wall.now
        guard !state.withLock({ $0.slurmClock.isFresh(at: now) }) else { return }
        let observer = ObservingSink(NoSink())
        do throws(UpstreamError) {
            let version = try await version(of: .controller, session, address, timeout: timeout)
            let question = Question(
                feed: .diag, target: Feed.diag.target(version), endpoint: Feed.diag.endpoint, address: address,
                timeout: timeout)
            note(observer, try await exchange(question, session) { $0 == 200 ? observer : nil })
        } catch {
            logger.debug("Slurm's time is not known", ["error": .string(error.reason)])
        }
    }

    private final class NoSink: RecordSink {}

    private var expectedTime: Timestamp {
        let now = wall.now
        return state.withLock { $0.slurmClock.time(at: now) }
    }

    /// Diag says what time it is at Slurm's, also where the other answers don't, and how many jobs there should be.
    private func note(_ observer: ObservingSink?, _ exchange: Exchange) {
        guard let observer else { return }
        let now = wall.now
        state.withLock { state in
            if let time = observer.requestTime { state.slurmClock.learn(time, at: now) }
            if let running = observer.runningJobs { state.runningJobs = running }
        }
    }

    /// Counts an answer that can be used.
    ///
    /// - Parameter requestTime: when Slurm answered, where the records say it.
    private func accept(_ exchange: Exchange, _ version: APIVersion, _ requestTime: Timestamp?) -> Answered {
        let received = exchange.received
        let now = wall.now
        let answered = state.withLock { state in
            let time = requestTime ?? state.time(of: received, at: now)
            let duration = exchange.began.duration(to: exchange.ended)
            let answered = Answered(
                feed: received.feed, generation: (state.figures.feeds[received.feed]?.generation ?? 0) + 1, time: time,
                taken: exchange.ended, duration: duration,
                interval: state.queue.interval(of: received.feed, lasting: duration), bytes: exchange.bytes,
                records: received.records,
                version: version, release: received.answer.server.release.nilIfEmpty,
                cluster: received.answer.server.cluster.nilIfEmpty, warnings: received.answer.warnings.map(\.text),
                symbols: exchange.symbols)
            state.note(answered, received, at: now)
            return answered
        }
        log(answered, received)
        return answered
    }

    private func note(_ error: UpstreamError, of feed: Feed) {
        guard error.kind != .cancelled else { return }
        let now = wall.now
        state.withLock { $0.figures.note(error, of: feed, at: now) }
        logger.with(["feed": .string(feed.rawValue)])
            .warning("no answer", ["kind": .string(error.label), "error": .string(error.reason)])
    }

    /// An expired token is the reason for every refusal, whatever slurmrestd makes of it: some releases take it for a
    /// database that is down.
    private func explained(_ error: UpstreamError, _ session: RestSession) -> UpstreamError {
        guard let expiry = session.tokenExpiry, expiry <= expectedTime else { return error }
        switch error.kind {
        case .slurm, .databaseDown, .controllerDown, .denied, .http, .empty:
            var explained = UpstreamError(
                .auth, "the token has expired; \(error.reason)", status: error.status)
            explained.retryAfter = error.retryAfter
            return explained
        default: return error
        }
    }
}

extension Upstream {
    /// Each warning of Slurm's is logged once, and so is each of its words that isn't known here.
    private func log(_ answer: Answered, _ received: ReceivedAnswer) {
        let logger = logger.with(["feed": .string(answer.feed.rawValue)])
        for warning in untold(answer.warnings) { logger.warning("Slurm warns", ["warning": .string(warning)]) }
        let words = received.answer.oddities.unknownWords.keys.map { "\($0.kind.rawValue) \($0.word)" }
        for word in untold(words.sorted()) { logger.warning("counted as unknown", ["word": .string(word)]) }
        if let caveat = received.caveat {
            logger.warning("a failure with the whole answer was used", ["error": .string(caveat)])
        }
        logger.debug(
            "answer",
            [
                "records": .integer(answer.records), "bytes": .integer(answer.bytes),
                "took": .duration(answer.duration), "generation": .integer(Int(answer.generation)),
            ])
    }

    private func untold(_ texts: [String]) -> [String] {
        state.withLock { state in
            texts.filter { state.warnings.count < Self.mostWarnings && state.warnings.insert($0).inserted }
        }
    }

    private static let mostWarnings = 100
}

extension Upstream.State {
    /// Jobs and nodes say when they were read; what else is said may be when something changed last.
    fileprivate mutating func time(of received: ReceivedAnswer, at now: UnixTime) -> Timestamp {
        if received.feed == .jobs || received.feed == .nodes, let time = received.answer.lastUpdate, time.seconds > 0 {
            slurmClock.learn(time, at: now)
        }
        return slurmClock.time(at: now)
    }

    fileprivate mutating func note(_ answered: Answered, _ received: ReceivedAnswer, at now: UnixTime) {
        if let cluster = answered.cluster { server.cluster = cluster }
        if let release = answered.release { server.release = release }
        figures.note(answered, caveat: received.caveat, at: now)
        figures.note(received.answer.oddities, of: answered.feed)
    }
}

extension String {
    fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
