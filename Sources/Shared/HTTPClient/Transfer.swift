import Locks

/// Where the loop's thread and the consumer of one response meet.
final class Transfer: Sendable {
    let id: Int
    let request: HTTPClient.Request
    private let mailbox: Mailbox
    private let state: Locked<TransferState>
    private let news = Wakeup()

    init(id: Int, request: HTTPClient.Request, headLimit: Int, mailbox: Mailbox) {
        self.id = id
        self.request = request
        self.mailbox = mailbox
        let rules = TransferState.Rules(
            deadlines: request.deadlines, limit: request.limit, headLimit: headLimit, decodesGzip: request.gzip,
            isHeadRequest: request.method == .head, capacity: max(1, request.backlog))
        state = Locked(TransferState(rules: rules, started: .now))
    }

    /// Tells the state what happened, or asks it.
    func withState<Result>(_ body: (inout TransferState) -> Result) -> Result {
        state.withLock { body(&$0) }
    }

    /// Tells the consumer that there is something to look at.
    func announce() {
        news.raise()
    }
}

extension Transfer {
    func head() async throws(HTTPClientError) -> Head {
        while true {
            let (head, phase) = withState { ($0.head, $0.phase) }
            if case .failed(let failure) = phase { throw error(failure) }
            if let head { return head }
            await waitForNews()
        }
    }

    /// - Returns: all that has come since the last call, or nil at the end of the body.
    func chunk() async throws(HTTPClientError) -> [UInt8]? {
        while true {
            switch withState({ $0.pull() }) {
            case .chunk(let bytes, let resume):
                if resume { mailbox.post(.resume(id)) }
                return bytes
            case .end: return nil
            case .failed(let failure): throw error(failure)
            case .nothingYet: await waitForNews()
            }
        }
    }

    /// Ends the transfer, unless it has ended: nobody wants what would still come.
    func cancel() {
        stop { $0.fail(TransferState.Failure(kind: .cancelled, reason: "cancelled"), at: .now) }
    }

    /// Ends the transfer for what the consumer found in its body.
    func reject(_ kind: HTTPClientError.Kind, _ reason: String) -> HTTPClientError {
        let failure = TransferState.Failure(kind: kind, reason: reason)
        stop { $0.reject(failure, at: .now) }
        return error(failure)
    }

    private func stop(_ change: (inout TransferState) -> Void) {
        let wasRunning = withState { state in
            let wasRunning = !state.hasEnded
            change(&state)
            return wasRunning
        }
        guard wasRunning else { return }
        mailbox.post(.end(id))
        news.raise()
    }

    private func waitForNews() async {
        await withTaskCancellationHandler {
            await news.wait()
        } onCancel: {
            cancel()
        }
    }

    private func error(_ failure: TransferState.Failure) -> HTTPClientError {
        withState { state in
            HTTPClientError(
                failure.kind, target: request.target, reason: failure.reason,
                elapsed: state.started.duration(to: state.ended ?? .now), receivedBytes: state.receivedBytes)
        }
    }
}
