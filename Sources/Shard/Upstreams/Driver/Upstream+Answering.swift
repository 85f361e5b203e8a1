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
            outcome = AskOutcome(error, of: ask.feed)
            retryAfter = error.retryAfter
            note(error, of: ask.feed)
            delivery.fail(error, after: began.duration(to: clock.now))
            if ask.feed == .dbd, error.kind == .databaseDown { await tellDatabaseDown(since: began) }
        }
        state.withLock { $0.queue.end(ask, outcome, retryAfter: retryAfter, at: clock.now) }
    }

    private func fetch(_ ask: Ask, _ delivery: Delivery) async throws(UpstreamError) -> AskOutcome {
        guard let source = state.withLock({ $0.source }) else { throw UpstreamError(.cancelled, "not started") }
        if ask.feed == .accounting { await learnTheTime(source, timeout: ask.timeout) }
        let time = expectedTime
        let ended = ask.feed == .accounting ? consumer.endedJobsQuestion(expectedTime: time) : nil
        let exchange = try await source.answer(ask, ended: ended, to: delivery, at: time)
        note(delivery.observer)
        await delivery.end(accept(exchange, delivery.observer?.requestTime))
        if ask.feed == .accounting, consumer.lacksEndedJobs { return .piece }
        return delivery.observer?.isControllerless == true ? .controllerless : .success
    }
}

extension Upstream {
    /// Which jobs ended by now depends on what Slurm takes for now, and the database's answers don't say it. Where nothing
    /// that was asked lately says it, that alone is asked; where that fails, our own clock has to do.
    private func learnTheTime(_ source: any Source, timeout: Duration?) async {
        let now = wall.now
        guard !state.withLock({ $0.slurmClock.isFresh(at: now) }) else { return }
        do throws(UpstreamError) {
            guard let time = try await source.time(timeout: timeout) else { return }
            let now = wall.now
            state.withLock { $0.slurmClock.learn(time, at: now) }
        } catch {
            logger.debug("Slurm's time is not known", ["error": .string(error.reason)])
        }
    }

    private var expectedTime: Timestamp {
        let now = wall.now
        return state.withLock { $0.slurmClock.time(at: now) }
    }

    /// Diag says what time it is at Slurm's, also where the other answers don't, and how many jobs there should be.
    private func note(_ observer: ObservingSink?) {
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
    private func accept(_ exchange: Exchange, _ requestTime: Timestamp?) -> Answered {
        let received = exchange.received
        let now = wall.now
        let answered = state.withLock { state in
            if let time = exchange.time { state.slurmClock.learn(time, at: now) }
            let time = requestTime ?? state.time(of: received, at: now)
            let duration = exchange.began.duration(to: exchange.ended)
            let answered = Answered(
                feed: received.feed, generation: state.figures.nextGeneration(of: received.feed), time: time,
                taken: exchange.ended, duration: duration,
                interval: state.queue.interval(of: received.feed, lasting: duration), bytes: exchange.bytes,
                records: received.records, version: exchange.version,
                release: received.answer.server.release.nilIfEmpty,
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
        let isNews = state.withLock { $0.figures.note(error, of: feed, at: now) }
        guard error.kind != .absent else {
            if isNews { log(absence: error, of: feed) }
            return
        }
        logger.with(["feed": .string(feed.rawValue)])
            .warning("no answer", ["kind": .string(error.label), "error": .string(error.reason)])
    }

    private func log(absence: UpstreamError, of feed: Feed) {
        logger.with(["feed": .string(feed.rawValue)])
            .info("not there; asked again from time to time", ["reason": .string(absence.reason)])
    }

    /// That slurmdbd doesn't answer is itself an answer to the question how it is: one without its figures.
    private func tellDatabaseDown(since began: MonotonicClock.Instant) async {
        let delivery = Delivery(.dbd, to: consumer, expectedTime: expectedTime)
        let (now, ended) = (wall.now, clock.now)
        let answered = state.withLock { state in
            Answered(
                feed: .dbd, generation: state.figures.nextGeneration(of: .dbd), time: state.slurmClock.time(at: now),
                taken: ended, duration: began.duration(to: ended), interval: state.queue.interval(of: .dbd), bytes: 0,
                records: 0, version: nil, release: nil, cluster: nil,
                warnings: [], symbols: Symbols())
        }
        await delivery.end(answered)
    }
}

extension Upstream {
    /// Each warning of Slurm's is logged once, and so is each of its words that isn't known here.
    private func log(_ answer: Answered, _ received: ReceivedAnswer) {
        let logger = logger.with(["feed": .string(answer.feed.rawValue)])
        for warning in untold(answer.warnings) { logger.warning("Slurm warns", ["warning": .string(warning)]) }
        let words = received.answer.oddities.unknownWords.keys.map { "\($0.kind.rawValue) \($0.word)" }
        for word in untold(words.sorted()) { logger.warning("counted as unknown", ["word": .string(word)]) }
        for field in untold(received.answer.oddities.wrongTypes.keys.sorted().map { "\(answer.feed.rawValue).\($0)" }) {
            logger.warning("a value of a type that is not expected is taken as not set", ["field": .string(field)])
        }
        if cluster.isEmpty {
            for text in untold(["Slurm doesn't say what this cluster is called, so series have no cluster label"]) {
                logger.warning("no cluster label", ["reason": .string(text), "remedy": "write slurm.cluster"])
            }
        }
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
