/// A request without its body.
public struct RequestHead: Sendable, Equatable {
    public var method: HTTPMethod
    public var target: RequestTarget
    public var version: HTTPVersion
    public var fields: HTTPFields

    public init(method: HTTPMethod, target: RequestTarget, version: HTTPVersion = .http11, fields: HTTPFields = [:]) {
        self.method = method
        self.target = target
        self.version = version
        self.fields = fields
    }

    /// Whether the client wants to use the connection again (RFC 9112 §9.3).
    public var keepsAlive: Bool {
        guard let connection = fields.combined("Connection") else { return version == .http11 }
        let options = connection.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
        return !options.contains("close") && (version == .http11 || options.contains("keep-alive"))
    }
}
