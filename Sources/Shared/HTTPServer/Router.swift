public import HTTP

/// Finds the handler for a request by path and method; knows itself what to say to the others, and to `OPTIONS`.
public struct Router: Responder {
    /// Runs on the thread that serves every connection, so it must return at once.
    public typealias Handler = @Sendable (RoutedRequest) -> Answer

    private struct Entry: Sendable {
        let isLoopbackOnly: Bool
        let handler: Handler
    }

    /// Words an answer to who finds no handler.
    public typealias Refusal = @Sendable (_ path: String, HTTPStatus, _ detail: String, HTTPFields) -> Response

    private var table = RouteTable<Entry>()
    private let parameterLimit: Int
    private let refusal: Refusal

    /// - Parameters:
    ///   - parameterLimit: how many parameters a query may have; 400 above.
    ///   - refusal: what is said where no handler is found; text by default.
    public init(parameterLimit: Int = 1000, refusal: @escaping Refusal = Router.text) {
        self.parameterLimit = parameterLimit
        self.refusal = refusal
    }

    /// In plain text.
    public static let text: Refusal = { _, status, detail, fields in
        detail.isEmpty ? Response(status, fields) : Response(status, fields, text: "\(status): \(detail)")
    }

    /// - Parameters:
    ///   - loopbackOnly: whether clients on other hosts are answered with 403, and whom a proxy or a foreign page sends.
    ///   - hasHead: whether HEAD is answered as well as GET.
    public mutating func add(
        _ method: HTTPMethod, _ pattern: String, loopbackOnly: Bool = false, hasHead: Bool = true,
        _ handler: @escaping Handler
    ) throws(RouteError) {
        try table.add(method, pattern, hasHead: hasHead, Entry(isLoopbackOnly: loopbackOnly, handler: handler))
    }

    public func answer(to request: Request) -> RoutedAnswer {
        if request.target.isAsterisk {
            return RoutedAnswer(route: "*", .response(Response(.noContent, ["Allow": "GET, HEAD, OPTIONS"])))
        }
        do throws(RequestTargetError) {
            let path = try RequestPath(request.target.path)
            let query = try request.target.query.map { text throws(RequestTargetError) in
                try QueryParameters(parsing: text, limit: parameterLimit)
            }
            return answer(to: request, at: path, query ?? QueryParameters([]))
        } catch {
            return RoutedAnswer(route: "", .response(refusal(request.target.path, .badRequest, "\(error)", [:])))
        }
    }

    private func answer(to request: Request, at path: RequestPath, _ query: QueryParameters) -> RoutedAnswer {
        switch table.match(request.method, path) {
        case .found(let entry, let parameters, let route):
            guard !entry.isLoopbackOnly || request.isFromThisHost else {
                return RoutedAnswer(route: route, .response(Response(.forbidden)))
            }
            let routed = RoutedRequest(request: request, parameters: parameters, query: query)
            return RoutedAnswer(route: route, entry.handler(routed))
        case .options(let allow, let route):
            return RoutedAnswer(route: route, .response(Response(.noContent, ["Allow": allow])))
        case .methodNotAllowed(let allow, let route):
            return RoutedAnswer(
                route: route, .response(refusal(request.target.path, .methodNotAllowed, "", ["Allow": allow])))
        case .notFound:
            return RoutedAnswer(route: "", .response(refusal(request.target.path, .notFound, "", [:])))
        }
    }
}

/// A request, and what its route has found in its path.
@dynamicMemberLookup
public struct RoutedRequest: Sendable {
    public let request: Request
    public let parameters: PathParameters
    public let query: QueryParameters

    public subscript<Value>(dynamicMember path: KeyPath<Request, Value>) -> Value {
        request[keyPath: path]
    }
}
