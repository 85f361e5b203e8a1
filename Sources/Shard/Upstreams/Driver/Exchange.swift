import Locks
import Metrics
import ServiceRuntime
import Slurm

/// A question and its answer.
struct Exchange {
    let received: ReceivedAnswer
    let symbols: Symbols
    let bytes: Int
    let began: MonotonicClock.Instant
    let ended: MonotonicClock.Instant
    let retryAfter: Duration?

    /// - Throws: why the answer can't be used.
    func check() throws(UpstreamError) {
        do throws(UpstreamError) {
            try received.check()
        } catch {
            var error = error
            error.retryAfter = retryAfter
            throw error
        }
    }
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

extension Upstream {
    /// Asks, reads the answer to its end, and keeps count of it.
    ///
    /// - Parameter sink: says where the records go, once the status is known.
    func exchange(
        _ question: Question, _ session: RestSession, sink: (Int) -> (any RecordSink)?
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
                received: fresh.finish(), symbols: fresh.symbols, bytes: fresh.bytes, began: began, ended: ended,
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
        state.withLock {
            $0.figures.note(question.endpoint, status: status, error, bytes: bytes, from: began, to: ended)
        }
    }
}
