/// What goes back to the client.
public struct Answer: Sendable {
    public let status: Int
    /// In slurmrestd's order, but for `Content-Length`, which takes a rendering of the body; none with an empty 304.
    public let headers: [Header]
    public let body: Body

    public struct Header: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    /// The reason phrase as slurmrestd writes it.
    public var reason: String {
        switch status {
        case 200: "OK"
        case 204: "NO CONTENT"
        case 304: "NOT MODIFIED"
        case 400: "BAD REQUEST"
        case 401: "UNAUTHORIZED"
        case 404: "NOT FOUND"
        case 405: "NOT ALLOWED"
        case 406: "NOT ACCEPTABLE"
        case 422: "UNPROCESSABLE CONTENT"
        case 500: "INTERNAL ERROR"
        case 502: "BAD GATEWAY"
        case 504: "GATEWAY TIMEOUT"
        case 511: "NETWORK AUTHENTICATION REQUIRED"
        default: "UNKNOWN"
        }
    }

    /// A client must expect the connection to be closed after an error.
    public var closesConnection: Bool { status >= 400 }

    init(status: Int, type: String = "application/json", body: Body) {
        self.status = status
        self.body = body
        let close = status >= 400 ? [Header(name: "Connection", value: "Close")] : []
        headers = close + [Header(name: "Content-Type", value: type)]
    }

    private init(withoutBody status: Int, _ dialect: Dialect) {
        self.status = status
        headers = []
        body = Body([], dialect)
    }

    static func notModified(_ dialect: Dialect) -> Answer { Answer(withoutBody: 304, dialect) }

    static func noContent(_ dialect: Dialect) -> Answer { Answer(withoutBody: 204, dialect) }

    static func plain(_ status: Int, _ text: String, _ dialect: Dialect) -> Answer {
        Answer(status: status, type: "text/plain", body: Body([.literal(Array(text.utf8))], dialect))
    }
}
