import Commands
import Locks
import Metrics
import ServiceRuntime
import Slurm

/// Asks Slurm's own commands for formatted output, which costs Slurm a hundredth of what slurmrestd's answers do.
final class CommandSource: Source {
    private let settings: CommandSettings
    private let environment = CommandEnvironment()
    private let logger: Logger
    private let clock: MonotonicClock
    private let note: @Sendable (RequestNote) -> Void
    private let state = Locked(State())

    private struct State {
        /// By program.
        var refused: [String: Set<String>] = [:]
        /// Nil as long as nobody has said it.
        var identity: SlurmIdentity?
    }

    init(
        _ settings: CommandSettings, logger: Logger, clock: MonotonicClock,
        note: @escaping @Sendable (RequestNote) -> Void
    ) {
        self.settings = settings
        self.logger = logger
        self.clock = clock
        self.note = note
    }

    var facts: SourceFacts {
        let place = settings.directory ?? "PATH"
        return SourceFacts(address: place, addresses: [place])
    }

    func answer(
        _ ask: Ask, ended: EndedJobsQuestion?, to delivery: Delivery, at time: Timestamp
    ) async throws(UpstreamError) -> Exchange {
        do throws(UpstreamError) {
            var exchange = try await exchange(ask, ended ?? .lastHour(before: time), delivery)
            try exchange.check()
            if ask.feed.plugin == .controller { await learnIdentity(&exchange, timeout: ask.timeout) }
            exchange.received.answer.server = server
            return exchange
        } catch {
            // What comes back may be another release.
            if error.kind == .controllerDown { state.withLock { $0.identity = nil } }
            throw error
        }
    }

    /// Asks; and once more without them where columns are refused that others can do without.
    private func exchange(
        _ ask: Ask, _ ended: EndedJobsQuestion, _ delivery: Delivery
    ) async throws(UpstreamError) -> Exchange {
        while true {
            let mark = ColumnMark.random()
            let refused = state.withLock { $0.refused }
            let probe = CommandQuestion(ask.feed, refused: [], mark: mark, ended)
            let question = CommandQuestion(ask.feed, refused: refused[probe.program] ?? [], mark: mark, ended)
            do throws(UpstreamError) {
                return try await exchange(question, ask, delivery)
            } catch {
                guard error.kind == .version, state.withLock({ $0.refused }) != refused else { throw error }
            }
        }
    }
}

extension CommandSource {
    private func exchange(
        _ question: CommandQuestion, _ ask: Ask, _ delivery: Delivery
    ) async throws(UpstreamError) -> Exchange {
        guard let sink = delivery.begin(status: 200) else { throw UpstreamError(.cancelled, "nobody wants it") }
        let reader = CommandReader(question.format, into: sink)
        let run = try await run(question.program, question.arguments, question.endpoint, timeout: ask.timeout) {
            chunk throws(UpstreamError) in
            do throws(AnswerError) { try reader.consume(chunk) } catch { throw UpstreamError(error) }
        }
        remember(run.complaint.refusedColumns, of: question.program)
        let answer: Answer
        do throws(AnswerError) { answer = try reader.finish() } catch { throw UpstreamError(error) }
        guard run.end == .exited(0) || ask.feed == .ping && answer.recordCount ?? 0 > 0 else {
            throw run.complaint.error(question.program, run.end)
        }
        var received = ReceivedAnswer(feed: ask.feed, status: 200, answer: answer)
        received.answer.warnings = run.complaint.warnings.map { Answer.Problem(text: $0, source: question.program) }
        return Exchange(
            received: received, symbols: reader.symbols, bytes: run.bytes, began: run.began, ended: run.ended)
    }

    private func remember(_ columns: [String], of program: String) {
        let fresh = state.withLock { state in
            columns.filter { state.refused[program, default: []].insert($0).inserted }
        }
        for column in fresh {
            logger.info("a column that this release lacks", ["command": .string(program), "column": .string(column)])
        }
    }

    /// One run of a command that has come to its end.
    private struct Run {
        let end: CommandEnd
        let complaint: CommandComplaint
        let bytes: Int
        let began: MonotonicClock.Instant
        let ended: MonotonicClock.Instant
    }

    private func run(
        _ program: String, _ arguments: [String], _ endpoint: String, timeout: Duration?,
        _ take: ([UInt8]) throws(UpstreamError) -> Void
    ) async throws(UpstreamError) -> Run {
        let began = clock.now
        var bytes = 0
        do throws(UpstreamError) {
            let running = try start(program, arguments, timeout: timeout)
            while let chunk = try await running.chunk() {
                bytes += chunk.count
                try take(chunk)
            }
            let end = running.end ?? .exited(0)
            let run = Run(
                end: end, complaint: CommandComplaint(running.errors), bytes: bytes, began: began, ended: clock.now)
            note(RequestNote(endpoint, end, nil, bytes, began, run.ended))
            return run
        } catch {
            note(RequestNote(endpoint, nil, error, bytes, began, clock.now))
            throw error
        }
    }

    private func start(
        _ program: String, _ arguments: [String], timeout: Duration?
    ) throws(UpstreamError) -> RunningCommand {
        let path = settings.directory.map { "\($0)/\(program)" } ?? program
        var command = Command(path, arguments, environment: environment.variables(settings))
        command.limits.duration = timeout ?? .seconds(settings.timeoutSeconds)
        command.limits.outputBytes = settings.maximumOutputBytes
        do throws(CommandError) { return try RunningCommand(command) } catch { throw UpstreamError(error) }
    }
}

extension CommandSource {
    /// Asked once, when slurmctld has just answered, and again after it was down.
    private func learnIdentity(_ exchange: inout Exchange, timeout: Duration?) async {
        guard state.withLock({ $0.identity }) == nil, let identity = try? await askIdentity(timeout: timeout) else {
            return
        }
        state.withLock { $0.identity = identity }
        exchange.time = identity.time
    }

    private var server: Answer.Server {
        let identity = state.withLock { $0.identity }
        var server = Answer.Server()
        server.cluster = identity?.cluster ?? ""
        server.release = identity?.release ?? ""
        return server
    }

    func time(timeout: Duration?) async throws(UpstreamError) -> Timestamp? {
        try await askIdentity(timeout: timeout).time
    }

    private func askIdentity(timeout: Duration?) async throws(UpstreamError) -> SlurmIdentity {
        var text: [UInt8] = []
        let run = try await run("scontrol", ["show", "config"], "scontrol/config", timeout: timeout) {
            chunk throws(UpstreamError) in text += chunk
        }
        guard run.end == .exited(0) else { throw run.complaint.error("scontrol", run.end) }
        return SlurmIdentity(String(decoding: text, as: UTF8.self))
    }
}

extension RunningCommand {
    fileprivate func chunk() async throws(UpstreamError) -> [UInt8]? {
        do throws(CommandError) { return try await next() } catch { throw UpstreamError(error) }
    }
}

extension RequestNote {
    fileprivate init(
        _ endpoint: String, _ end: CommandEnd?, _ error: UpstreamError?, _ bytes: Int,
        _ began: MonotonicClock.Instant, _ ended: MonotonicClock.Instant
    ) {
        let status: Int? =
            switch end {
            case .exited(let code): Int(code)
            case .killed(let signal): 128 + Int(signal)
            case nil: nil
            }
        self.init(endpoint: endpoint, status: status, error: error, bytes: bytes, began: began, ended: ended)
    }
}
