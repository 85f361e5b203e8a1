public import HTTP

/// Answers requests.
public protocol Responder: Sendable {
    /// Called on the thread that serves every connection: it must neither block nor compute. What takes time goes into
    /// an ``Answer/work(deadline:_:)``.
    func answer(to request: Request) -> RoutedAnswer
}

/// An answer, and the bounded name under which it is counted.
public struct RoutedAnswer: Sendable {
    public let route: String
    public let answer: Answer

    public init(route: String, _ answer: Answer) {
        self.route = route
        self.answer = answer
    }
}

public enum Answer: Sendable {
    /// Bytes that are made for this request.
    case response(Response)

    /// Bytes that are ready, and the same for every request.
    case prepared(PreparedResponse)

    /// Work that takes time; it runs apart from the connections, and is cancelled when the connection breaks, the deadline
    /// passes or the server stops.
    ///
    /// A client that closes looks like one that has said all and waits for its answer: until something is sent to it, save
    /// during ``ResponseWriter/whileClientIsOpen(_:)``.
    ///
    /// - Parameter deadline: from now; nil means ``HTTPServer/Limits/workTime``, and more than that has no effect.
    case work(deadline: Duration? = nil, @Sendable (ResponseWriter) async throws -> Void)
}

/// A whole response.
public struct Response: Sendable, Equatable {
    public var head: ResponseHead
    /// The body, piece after piece; no piece is copied, so that many responses can share it.
    public var pieces: [[UInt8]]

    public init(_ status: HTTPStatus, _ fields: HTTPFields = [:], pieces: [[UInt8]]) {
        head = ResponseHead(status, fields)
        self.pieces = pieces
    }

    public init(_ status: HTTPStatus, _ fields: HTTPFields = [:], body: [UInt8]) {
        self.init(status, fields, pieces: [body])
    }

    /// A line of plain text; the status itself if there is no text. Nothing where the status allows no body.
    public init(_ status: HTTPStatus, _ fields: HTTPFields = [:], text: String? = nil) {
        guard !status.isBodiless else {
            self.init(status, fields, body: [])
            return
        }
        var fields = fields
        fields.set("Content-Type", "text/plain; charset=utf-8")
        self.init(status, fields, body: Array("\(text ?? status.description)\n".utf8))
    }

    /// For whoever shows no bearer token, or none that fits.
    ///
    /// - Parameter reason: which is wanted.
    public static func unauthorized(_ reason: String) -> Response {
        Response(.unauthorized, ["WWW-Authenticate": "Bearer"], text: "\(HTTPStatus.unauthorized): \(reason)")
    }
}
