import HTTP
import HTTPServer
import Locks
import ServiceRuntime
import SimulatedREST

/// One question and its answer.
struct SlurmExchange {
    let server: Slurmrestd
    let question: Question
    let writer: ResponseWriter
    private var ticket: RequestJournal.Ticket?
    private var status: Int?
    private var bytes = 0

    init(server: Slurmrestd, question: Question, writer: ResponseWriter) {
        self.server = server
        self.question = question
        self.writer = writer
    }

    mutating func run() async throws {
        ticket = server.journal.withLock {
            $0.begin(question.name, path: question.path, query: question.query, at: server.wall.now.seconds)
        }
        defer { end() }
        let decision = server.faults.withLock { $0.strike(question.name, path: question.path) }
        try await wait(decision)
        if let answer = try await stream(decision) { try await send(answer, cut: decision.cut) }
    }

    private mutating func end() {
        guard let ticket else { return }
        self.ticket = nil
        server.journal.withLock { [status, bytes] in
            $0.end(ticket, status: status, bytes: bytes, at: server.wall.now.seconds)
        }
    }

    private func wait(_ decision: FaultDecision) async throws {
        let pause = decision.hangs ? .seconds(86_400) : decision.delay
        if decision.work > .zero { await Self.toil(decision.work) }
        if pause > .zero { try await writer.whileClientIsOpen { try await Task.sleep(for: pause) } }
    }

    /// Goes on when the client has left, as slurmrestd does: cancelling doesn't reach it.
    private static func toil(_ time: Duration) async {
        await Task.detached { try? await Task.sleep(for: time) }.value
    }

    private func stream(_ decision: FaultDecision) async throws -> AnswerStream? {
        var answer = try await AnswerStream(verdict(decision))
        switch decision.outcome {
        case .garbage: answer = AnswerStream(status: 200, type: "application/json", Self.garbage)
        case .fullBody: answer.fail(with: 500)
        default: break
        }
        if let rewriting = decision.rewriting { answer.rewrite(rewriting) }
        return answer
    }

    private static let garbage = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 197 ^ $0 >> 3) }

    private func verdict(_ decision: FaultDecision) async throws -> SimulatedREST.Answer {
        let cluster = server.slurm.snapshot
        if question.isBodyEncoded { return server.service.refusal(406, "Encoded bodies are not supported") }
        if let request = question.request, request.endpoint == .health {
            return server.service.answer(to: request, from: cluster, failing: failure(decision))
        }
        switch server.authentication.judge(
            question.fields, isExpired: decision.isTokenExpired, now: server.clock.now)
        {
        case .unnamed: return server.service.unauthenticated()
        case .wrongToken:
            guard let request = question.request else { return server.service.notFound() }
            // Only the controller looks at tokens, and a ping says no more than that it could not be asked.
            return server.service.answer(to: request, from: cluster, failing: .token)
        case .welcome: break
        }
        if let refusal = refusal() { return refusal }
        guard let request = question.request, !decision.isVersionWithdrawn else { return server.service.notFound() }
        let failure = failure(decision)
        if let failure, server.service.waits(for: failure, answering: request) {
            try await Task.sleep(for: server.messageTimeout)
        }
        return server.service.answer(to: request, from: cluster, failing: failure)
    }

    private func failure(_ decision: FaultDecision) -> Failure? {
        switch decision.outcome {
        case .status(let status): return .status(status)
        case .errors: return .status(200)
        case .controllerDown: return .controllerDown
        case .controllerFrozen: return .controllerFrozen
        case .databaseDown: return .databaseDown
        case .fullBody, .garbage, nil: return nil
        }
    }

    /// What slurmrestd refuses without a look at the path.
    private func refusal() -> SimulatedREST.Answer? {
        guard [.get, .head].contains(question.method) else {
            return server.service.refusal(405, "Request method is not allowed")
        }
        guard question.isQueryReadable, !(question.hasBody && !(question.request?.query.isEmpty ?? true)) else {
            return server.service.refusal(400, "Query empty or not RFC7320 compliant")
        }
        guard Self.json.choose(accept: question.fields.combined("Accept")).isAcceptable else {
            return server.service.refusal(415, "Unsupported media type")
        }
        return nil
    }

    private static let json = ContentNegotiation<Bool>(["application/json": true], otherwise: true)

    private mutating func send(_ answer: AnswerStream, cut: FaultDecision.Cut?) async throws {
        guard let status = HTTPStatus(code: answer.status) else { preconditionFailure("\(answer.status) is no status") }
        self.status = answer.status
        let fields: HTTPFields = answer.type.isEmpty ? [:] : ["Content-Type": answer.type]
        let length = status.isBodiless ? nil : try await answer.length()
        writer.start(status, fields, length: length, isLast: answer.closesConnection)
        var answer = answer
        var room = cut?.bytes ?? .max
        var next = room > 0 ? answer.next() : nil
        while let piece = next {
            let part = piece.count > room ? Array(piece[..<room]) : piece
            bytes += part.count
            room -= part.count
            next = room > 0 ? answer.next() : nil
            // Whoever has the last byte may ask again, before this is told of it.
            if next == nil { end() }
            try await writer.write(part)
            try await AnswerStream.giveWay()
        }
        guard room == 0, cut?.resets == true else { return }
        end()
        writer.abort()
    }
}
