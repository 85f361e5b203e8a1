public import HTTP

/// Through this, work answers its request.
public struct ResponseWriter: Sendable {
    private let exchange: Exchange

    init(_ exchange: Exchange) {
        self.exchange = exchange
    }

    /// Fixes status and fields; once at most, and before the first ``write(_:)``. Without it, a body is 200, and nothing is 204.
    ///
    /// Nothing is sent yet: work that fails or expires before it has written anything is answered with 500 or 503.
    ///
    /// - Parameters:
    ///   - length: how long the body will be, for a client that is to know it beforehand; without it a body comes in
    ///     chunks. What is written beyond it fails the work. If less has been written when the work ends, the connection is
    ///     closed, and the client can tell that something is missing.
    ///   - isLast: whether the connection is closed after it.
    public func start(_ status: HTTPStatus, _ fields: HTTPFields = [:], length: Int? = nil, isLast: Bool = false) {
        exchange.start(ResponseStart(head: ResponseHead(status, fields), length: length, isLast: isLast))
    }

    /// Sends a piece of the body; suspends while the client has not taken enough of what was written before.
    ///
    /// - Throws: if nobody wants the answer any more.
    public func write(_ bytes: [UInt8]) async throws(CancellationError) {
        try await exchange.write(bytes)
    }

    /// Ends the answer here, and makes that plain: what has been written is sent, and once the client has all of it the
    /// connection is reset. Nothing can be written after it.
    ///
    /// For servers that misbehave on purpose; it is neither an error nor reported as one.
    public func abort() {
        exchange.abort()
    }

    /// Waits in a way that ends, and the connection and the work with it, as soon as the client sends no more.
    ///
    /// A client that has said all and waits for its answer looks the same as one that has left; elsewhere the server takes
    /// it for the former.
    public func whileClientIsOpen(_ wait: () async throws -> Void) async rethrows {
        exchange.setEndsWithClient(true)
        defer { exchange.setEndsWithClient(false) }
        try await wait()
    }

    /// Sends a whole response at once, its length told; nothing can be written after it.
    public func respond(_ response: Response) {
        exchange.respond(response)
    }
}
