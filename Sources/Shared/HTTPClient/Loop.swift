import CCurl

/// Runs all transfers of a client on one thread, the only one that touches libcurl's handles.
final class Loop {
    let mailbox: Mailbox
    let counters: Counters
    private let configuration: HTTPClient.Configuration
    private let multi: UnsafeMutableRawPointer
    private var exchanges: [Int: Exchange] = [:]

    init(_ configuration: HTTPClient.Configuration, counters: Counters) throws(HTTPClientError) {
        guard CurlLibrary.isReady, let multi = curl_multi_init() else {
            throw HTTPClientError(.local, target: "HTTP client", reason: "libcurl can't be initialised")
        }
        self.configuration = configuration
        self.multi = multi
        self.counters = counters
        mailbox = Mailbox(waking: multi)
        curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, max(1, configuration.connections))
        curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, max(1, configuration.connectionsPerHost))
        curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(1, configuration.idleConnections))
        curl_multi_set_long(multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING)
    }

    deinit {
        curl_multi_cleanup(multi)
    }

    /// Returns when the mailbox is closed.
    func run() {
        while obeyCommands() {
            turn()
            curl_multi_poll(multi, nil, 0, settle(at: .now), nil)
        }
        for exchange in exchanges.values {
            end(exchange, TransferState.Failure(kind: .closed, reason: "the client is shut down"))
        }
    }

    /// - Returns: whether to go on; who sleeps after the last command would miss the end.
    private func obeyCommands() -> Bool {
        let (commands, isOpen) = mailbox.drain()
        for command in commands { obey(command) }
        return isOpen
    }

    private func obey(_ command: Mailbox.Command) {
        switch command {
        case .start(let transfer): start(transfer)
        case .resume(let id): exchanges[id]?.resume()
        case .end(let id): exchanges[id].map(remove)
        }
    }

    private func start(_ transfer: Transfer) {
        guard !transfer.withState(\.hasEnded) else { return }
        guard let exchange = Exchange(transfer, configuration, counters) else {
            transfer.withState { $0.fail(.noMemory, at: .now) }
            return transfer.announce()
        }
        exchanges[transfer.id] = exchange
        counters.started()
        guard curl_multi_add_handle(multi, exchange.easy) == CURLM_OK else { return end(exchange, .noMemory) }
    }

    private func turn() {
        counters.turned()
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE, let exchange = exchange(of: message.easy_handle) else { continue }
            exchange.complete(message.data.result)
            remove(exchange)
        }
    }

    /// Looks after every transfer once a turn, so that a consumer wakes once for many callbacks.
    ///
    /// - Returns: how many milliseconds there are until a deadline.
    private func settle(at now: ContinuousClock.Instant) -> Int32 {
        var next = now + Self.longestNap
        for exchange in exchanges.values {
            let (expired, deadline) = exchange.transfer.withState { ($0.expire(at: now), $0.deadline) }
            if let deadline { next = min(next, deadline) }
            if expired || exchange.transfer.withState(\.hasEnded) {
                remove(exchange)
            } else {
                exchange.announceNews()
            }
        }
        return Int32(((next - now) / .milliseconds(1)).rounded(.up))
    }

    private func end(_ exchange: Exchange, _ failure: TransferState.Failure) {
        exchange.transfer.withState { $0.fail(failure, at: .now) }
        remove(exchange)
    }

    private func remove(_ exchange: Exchange) {
        exchanges[exchange.transfer.id] = nil
        curl_multi_remove_handle(multi, exchange.easy)
        counters.ended(reused: exchange.transfer.withState(\.isReused))
        exchange.transfer.announce()
    }

    private func exchange(of easy: UnsafeMutableRawPointer?) -> Exchange? {
        var id: UnsafeMutableRawPointer?
        curl_get_pointer(easy, CURLINFO_PRIVATE, &id)
        return exchanges[Int(bitPattern: id)]
    }

    private static let longestNap: Duration = .seconds(60)
}

extension TransferState.Failure {
    static let noMemory = Self(kind: .local, reason: "there is no memory for a transfer")
}

enum CurlLibrary {
    /// Initialised once for the process, by the first who asks.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    /// Whether names are resolved on threads of their own: without, one slow name would hold up every transfer.
    static var resolvesOffLoop: Bool {
        curl_version_info(CURLVERSION_FIRST).pointee.features & Int32(CURL_VERSION_ASYNCHDNS) != 0
    }
}
