extension HTTPClient {
    /// The head of a response, and its body still on the way. Every status is a response, redirects too.
    public struct Response {
        public let status: Int
        public let version: Version
        /// As they came: of a body decoded here they still say how it was encoded, and how long it was so.
        public let fields: Fields
        public let reusedConnection: Bool
        public let body: Body
    }

    public enum Version: String, Hashable, Sendable {
        case http10 = "HTTP/1.0"
        case http11 = "HTTP/1.1"
        case http2 = "HTTP/2"
    }

    /// How a transfer went; each duration is counted from its start, and nil if it never got there.
    public struct Summary: Hashable, Sendable {
        /// The connection has an address, is connected, and has its TLS: nil for all three where it was reused.
        public var resolved: Duration?
        public var connected: Duration?
        public var secured: Duration?
        public var firstByte: Duration?
        public var total: Duration = .zero
        /// Bytes of the body on the wire, after dechunking and before decoding.
        public var wireBytes = 0
        /// Bytes of the body that the consumer got.
        public var decodedBytes = 0
        public var reusedConnection = false
    }
}
