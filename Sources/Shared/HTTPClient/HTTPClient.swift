import Synchronization

/// Asks HTTP servers: one pool of connections, and one thread that runs all transfers.
///
/// - Redirects are never followed: a 3xx is a response like any other, and so no header of a request can reach an origin
///   other than the one it was made for.
/// - A request on a reused connection that turns out to be closed, before any byte of a response, is sent again on a new
///   one, whatever its method: a server may so see a POST twice.
/// - A transfer that is slow, endless or broken delays no other but those that wait for the connections it holds.
public final class HTTPClient: Sendable {
    private let configuration: Configuration
    private let counters = Counters()
    private let mailbox: Mailbox
    private let thread: LoopThread
    private let nextTransfer = Atomic(1)

    /// - Throws: `local` without memory or thread.
    public init(_ configuration: Configuration = Configuration()) throws(HTTPClientError) {
        self.configuration = configuration
        let loop = try Loop(configuration, counters: counters)
        mailbox = loop.mailbox
        thread = try LoopThread(running: loop)
    }

    deinit {
        close()
    }

    /// - Returns: the response as soon as its head is there.
    public func send(_ request: Request) async throws(HTTPClientError) -> sending Response {
        if let flaw = request.transport.flaw {
            throw HTTPClientError(.invalidRequest, target: request.target, reason: flaw)
        }
        let id = nextTransfer.wrappingAdd(1, ordering: .relaxed).oldValue
        let transfer = Transfer(id: id, request: request, headLimit: configuration.headLimit, mailbox: mailbox)
        guard mailbox.post(.start(transfer)) else {
            throw HTTPClientError(.closed, target: request.target, reason: "the client is shut down")
        }
        return response(try await transfer.head(), of: transfer)
    }

    private func response(_ head: Head, of transfer: Transfer) -> sending Response {
        let (isReused, isEncoded) = transfer.withState { ($0.isReused, $0.isEncoded) }
        return Response(
            status: head.status, version: head.version, fields: head.fields, reusedConnection: isReused == true,
            body: Body(transfer, of: self, isEncoded: isEncoded))
    }

    /// Ends all transfers with `closed`, closes all connections and waits for the thread, which takes no time to speak of.
    public func close() {
        mailbox.close()
        thread.join()
    }

    /// How often the loop woke up.
    var turns: Int { counters.turns }

    public var statistics: Statistics { counters.statistics }
}
