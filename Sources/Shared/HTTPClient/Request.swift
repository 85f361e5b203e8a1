extension HTTPClient {
    /// A request that can be put on the wire as it is: what can't be is refused when it is made.
    ///
    /// Descriptions show neither header values nor user information nor query.
    public struct Request: Sendable {
        public let method: Method
        public let fields: Fields
        public let body: [UInt8]?
        let url: Address

        /// How the peer is reached.
        public var transport = Transport()
        public var deadlines = Deadlines()
        /// How many bytes the body of the response may have, after decoding: 64 MiB, unless the caller streams more.
        public var limit = 64 << 20
        /// How many bytes may wait for a consumer who is behind; half as many may wait in libcurl. Large bodies gain
        /// speed up to a megabyte.
        public var backlog = 256 << 10
        /// Whether gzip is offered; what comes compressed is decoded on the way to the consumer.
        public var gzip = true

        /// - Parameters:
        ///   - url: absolute, http or https, percent-encoded. User information becomes basic authentication.
        ///   - fields: anything but the fields that frame the message, which are the client's own.
        public init(
            _ method: Method = .get, _ url: String, fields: KeyValuePairs<String, String> = [:], body: [UInt8]? = nil
        ) throws(HTTPClientError) {
            try self.init(method, url, fields: fields.map { ($0.key, $0.value) }, body: body)
        }

        public init(
            _ method: Method = .get, _ url: String, fields: [(name: String, value: String)], body: [UInt8]? = nil
        ) throws(HTTPClientError) {
            self.method = method
            self.url = try Address(url)
            self.body = body
            self.fields = try Fields(validating: fields, target: "\(method.rawValue) \(self.url.shown)")
        }

        var target: String { "\(method.rawValue) \(url.shown)" }
    }

    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// How long things may take; what is nil has no limit of its own.
    ///
    /// By default nothing waits for ever: those who stream for longer than five minutes set `total`.
    public struct Deadlines: Hashable, Sendable {
        /// Until a connection is there: waiting for a free one, the name, the connect and the TLS handshake together.
        public var connect: Duration?
        /// From then until the first byte of the response; where it is nil, `stall` holds for the first byte too.
        public var firstByte: Duration?
        /// Between any byte of the response and the next, not counting time in which the consumer doesn't keep up.
        public var stall: Duration?
        /// From the call of `send` to the last byte.
        public var total: Duration?

        public init(
            connect: Duration? = .seconds(10), firstByte: Duration? = nil, stall: Duration? = .seconds(30),
            total: Duration? = .seconds(300)
        ) {
            self.connect = connect
            self.firstByte = firstByte
            self.stall = stall
            self.total = total
        }

        public static let none = Deadlines(connect: nil, stall: nil, total: nil)
    }
}

extension HTTPClient.Request: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { target }
    public var debugDescription: String { target }
    public var customMirror: Mirror { Mirror(self, children: ["target": target, "fields": fields]) }
}

extension HTTPClient.Fields {
    /// - Throws: `invalidRequest` for a name that is no token, a value with a control character (line breaks first
    ///   of all), and the fields by which a peer finds the end of the message.
    init(validating fields: [(name: String, value: String)], target: String) throws(HTTPClientError) {
        self.init()
        for (name, value) in fields {
            guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
                throw HTTPClientError(.invalidRequest, target: target, reason: "a field has a name that is no token")
            }
            guard !value.utf8.contains(where: \.isControl) else {
                throw HTTPClientError(
                    .invalidRequest, target: target, reason: "the value of \(name) has a control character")
            }
            guard !Self.framing.contains(where: name.equalsIgnoringCase) else {
                throw HTTPClientError(.invalidRequest, target: target, reason: "\(name) is set by the client itself")
            }
            append(name, value)
        }
    }

    private static let framing = [
        "Connection", "Content-Length", "Expect", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    ]
}
