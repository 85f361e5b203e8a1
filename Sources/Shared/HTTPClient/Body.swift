import Compression

extension HTTPClient {
    /// The body of a response, pulled by one consumer.
    ///
    /// What the consumer doesn't pull stays with the peer: however long the body, no more than `Request.backlog` and
    /// half as much again is held here. A body that is let go before its end ends the transfer.
    public final class Body {
        private let transfer: Transfer
        /// Whoever holds a body may have let go of the client.
        private let client: HTTPClient
        /// Nil where nothing is to be decoded, and after the end.
        private var decoder: BodyDecoder?
        private let isEncoded: Bool
        private var decodedBytes = 0

        init(_ transfer: Transfer, of client: HTTPClient, isEncoded: Bool) {
            self.transfer = transfer
            self.client = client
            self.isEncoded = isEncoded
            decoder = isEncoded ? BodyDecoder(limit: transfer.request.limit) : nil
        }

        deinit {
            transfer.cancel()
        }

        /// - Returns: the next bytes, about `Request.backlog` at most, or nil at the end of a body that is complete.
        public func next() async throws(HTTPClientError) -> [UInt8]? {
            let chunk = if isEncoded { try await decoded() } else { try await transfer.chunk() }
            decodedBytes += chunk?.count ?? 0
            return chunk
        }

        /// The whole body.
        ///
        /// - Throws: `tooLarge` where it has more than `limit` bytes; the transfer ends then.
        public func collect(upTo limit: Int) async throws(HTTPClientError) -> [UInt8] {
            var whole: [UInt8] = []
            while let chunk = try await next() {
                guard chunk.count <= limit - whole.count else { throw tooLarge(limit) }
                if whole.isEmpty { whole = chunk } else { whole += chunk }
            }
            return whole
        }

        /// Ends the transfer; what is left of the body is lost.
        public func cancel() {
            transfer.cancel()
        }

        /// How the transfer went, once it has ended; `decodedBytes` are those pulled until now.
        public var summary: Summary? {
            guard var summary = transfer.withState(\.summary) else { return nil }
            summary.decodedBytes = decodedBytes
            return summary
        }

        private func decoded() async throws(HTTPClientError) -> [UInt8]? {
            while true {
                let bytes = try checked { () throws(GzipError) in try decoder?.next() ?? [] }
                guard bytes.isEmpty else { return bytes }
                guard let more = try await transfer.chunk() else { break }
                decoder?.feed(more)
            }
            try checked { () throws(GzipError) in try decoder.take()?.finish() }
            return nil
        }

        private func checked<Value>(_ decode: () throws(GzipError) -> Value) throws(HTTPClientError) -> Value {
            do {
                return try decode()
            } catch {
                switch error {
                case .corrupt: throw transfer.reject(.malformed, error.description)
                case .truncated: throw transfer.reject(.truncated, error.description)
                case .tooLarge(let limit): throw tooLarge(limit)
                }
            }
        }

        private func tooLarge(_ limit: Int) -> HTTPClientError {
            transfer.reject(.tooLarge, "the body has more than \(limit) bytes")
        }
    }
}

extension HTTPClient.Body: AsyncSequence {
    public func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    public struct Iterator: AsyncIteratorProtocol {
        let body: HTTPClient.Body

        public mutating func next() async throws(HTTPClientError) -> [UInt8]? {
            try await body.next()
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(HTTPClientError) -> [UInt8]? {
            try await body.next()
        }
    }
}
