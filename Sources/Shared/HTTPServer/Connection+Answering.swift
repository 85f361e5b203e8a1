import HTTP

/// The request that is being answered, and how far its answer is.
struct Answering {
    let head: RequestHead
    let route: String
    /// Nil if nothing is to be waited for.
    var exchange: Exchange?
    var isHeadSent = false
    var isBodyAllowed = false
    var isChunked = false
    /// How much of a body is still to come whose length has been told.
    var missing: Int?
    /// Nothing follows what there is, and the client is to notice.
    var isAborted = false
}

extension Connection {
    func answer(_ request: Request) {
        let routed = context.responder.answer(to: request)
        answering = Answering(head: request.head, route: routed.route)
        if !request.head.keepsAlive { state.makeLast() }
        switch routed.answer {
        case .response(let response):
            send(response)
        case .prepared(let response):
            let form = response.form(for: request.head)
            send(form.status, head: form.head, body: form.body)
        case .work(let deadline, let work):
            begin(work, deadline: deadline)
        }
    }

    /// The request was not understood: its answer is the last.
    func reject(_ error: RequestError) {
        context.statistics.update { $0.rejected[error, default: 0] += 1 }
        context.report(.rejected(error, peer: peer))
        refuse(Response(error.status, text: "\(error.status): \(error)"))
    }

    /// Answers without a request.
    func refuse(_ response: Response) {
        forgetRequest()
        state.beginAnswer(now: context.now)
        state.makeLast()
        answering = Answering(head: Self.unreadable, route: "")
        send(response)
    }

    private static let unreadable = RequestHead(method: .get, target: .root)

    func send(_ response: Response) {
        send(response.head.status, head: response.head.serialized, body: response.body)
    }

    private func send(_ status: HTTPStatus, head: [UInt8], body: [UInt8]) {
        sendHead(status, head, length: status.isBodiless ? .none : .sized(body.count))
        if answering?.head.method != .head, !status.isBodiless { output.append(body: body) }
    }

    private func sendHead(_ status: HTTPStatus, _ bytes: [UInt8], length: ServerContext.BodyLength) {
        guard let answering else { preconditionFailure("an answer to no request") }
        if context.isStopping { state.makeLast() }
        self.answering?.isHeadSent = true
        output.append(bytes)
        output.append(context.headEnd(length: length, version: answering.head.version, isLast: state.isLast))
        let key = HTTPServer.Statistics.Answered(route: answering.route, status: status.code)
        context.statistics.update { $0.answered[key, default: 0] += 1 }
    }
}

extension Connection {
    private func begin(_ work: @escaping @Sendable (ResponseWriter) async throws -> Void, deadline: Duration?) {
        guard let answering else { preconditionFailure("work for no request") }
        guard context.statistics.beginWork(limit: context.limits.works) else {
            context.statistics.update { $0.refused[.works, default: 0] += 1 }
            context.report(.overloaded(.works))
            send(Response(.serviceUnavailable, ["Retry-After": "1"], text: "503 Service Unavailable: too busy"))
            return
        }
        let exchange = Exchange(
            id, route: answering.route, isBodyWanted: answering.head.method != .head,
            capacity: context.limits.streamBuffer, mailbox: context.mailbox)
        self.answering?.exchange = exchange
        let longest = context.limits.workTime
        let patience = context.limits.heedsScrapeTimeout ? answering.head.scrapeTimeout ?? longest : longest
        state.beginWork(deadline: context.now + min(deadline ?? longest, patience, longest))
        exchange.run(work)
    }

    /// What was to be sent is out: goes on with what the work has put in meanwhile.
    func continueAnswer() -> Step {
        guard let exchange = answering?.exchange else {
            if answering?.isAborted == true { return finishAbort() }
            endAnswer()
            return .done
        }
        guard let portion = exchange.take() else { return isAbandoned ? .close : .wait }
        if case .failed(let reason)? = portion.end, !portion.isWhole {
            return fail(exchange, reason, hasWritten: !portion.bytes.isEmpty)
        }
        if case .aborted? = portion.end { answering?.isAborted = true }
        let isCut = answering?.isAborted == true
        let isEnd = !isCut && (portion.isWhole || portion.end != nil)
        if let start = portion.start {
            if start.isLast { state.makeLast() }
            if start.length != nil { answering?.missing = start.length }
            startBody(start.head, length: start.length ?? (isEnd ? portion.bytes.count : nil))
        }
        if let missing = answering?.missing {
            guard portion.bytes.count <= missing else { return fail(exchange, "the body is longer than was told") }
            answering?.missing = missing - portion.bytes.count
        }
        append(portion.bytes, isEnd: isEnd)
        if isEnd { endWork(exchange) }
        if isCut { forgetWork() }
        return .done
    }

    /// A client that was told a length waits for the rest, unless the connection ends.
    private func endWork(_ exchange: Exchange) {
        if let missing = answering?.missing, missing > 0, answering?.isBodyAllowed == true {
            context.report(.workFailed(route: exchange.route, reason: "\(missing) bytes of the body are missing"))
            state.makeLast()
        }
        forgetWork()
    }

    /// - Parameter length: nil if it is not known yet.
    private func startBody(_ head: ResponseHead, length: Int?) {
        guard let request = answering?.head else { return }
        if head.status.isBodiless {
            sendHead(head.status, head.serialized, length: .none)
        } else if let length, length > 0 || request.method != .head {
            sendHead(head.status, head.serialized, length: .sized(length))
        } else if request.version == .http11 {
            answering?.isChunked = request.method != .head
            sendHead(head.status, head.serialized, length: .chunked)
        } else {
            state.makeLast()
            sendHead(head.status, head.serialized, length: .none)
        }
        answering?.isBodyAllowed = request.method != .head && !head.status.isBodiless
    }

    private func append(_ bytes: [UInt8], isEnd: Bool) {
        guard let answering, answering.isBodyAllowed else { return }
        guard answering.isChunked else { return output.append(body: bytes) }
        if !bytes.isEmpty {
            output.append("\(String(bytes.count, radix: 16))\r\n".utf8)
            output.append(bytes)
            output.append("\r\n".utf8)
        }
        if isEnd { output.append("0\r\n\r\n".utf8) }
    }

    /// - Parameter hasWritten: whether the work wrote something that nobody has taken yet.
    private func fail(_ exchange: Exchange, _ reason: String, hasWritten: Bool = false) -> Step {
        context.report(.workFailed(route: exchange.route, reason: reason))
        return abandonWork(Response(.internalServerError), hasWritten: hasWritten)
    }

    func expireWork() -> Step {
        guard let exchange = answering?.exchange else { return .done }
        context.statistics.update { $0.worksExpired += 1 }
        context.report(.workExpired(route: exchange.route))
        exchange.close()
        return abandonWork(Response(.serviceUnavailable, text: "503 Service Unavailable: took too long"))
    }

    /// Once a head is out, only a cut connection can say that what follows it is not all.
    private func abandonWork(_ response: Response, hasWritten: Bool = false) -> Step {
        forgetWork()
        guard answering?.isHeadSent == false, !hasWritten else {
            reset()
            return .close
        }
        send(response)
        return .done
    }

    private func forgetWork() {
        answering?.exchange = nil
        state.endWork()
    }
}

extension RequestHead {
    /// How long Prometheus waits for the answer.
    fileprivate var scrapeTimeout: Duration? {
        guard let text = fields["X-Prometheus-Scrape-Timeout-Seconds"], let seconds = Double(text),
            seconds > 0, seconds < 1e9
        else { return nil }
        return .seconds(seconds)
    }
}
