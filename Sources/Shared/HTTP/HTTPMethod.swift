/// A request method: any token, case-sensitive (RFC 9110 §9.1).
public struct HTTPMethod: Sendable, Hashable, CustomStringConvertible {
    public let name: String

    /// - Returns: nil if the name is not a token.
    public init?(_ name: String) {
        guard HTTPToken.isValid(name.utf8) else { return nil }
        self.name = name
    }

    init?(_ bytes: UnsafeRawBufferPointer) {
        guard HTTPToken.isValid(bytes) else { return nil }
        name = String(decoding: bytes, as: UTF8.self)
    }

    private init(token name: String) {
        self.name = name
    }

    public static let get = HTTPMethod(token: "GET")
    public static let head = HTTPMethod(token: "HEAD")
    public static let post = HTTPMethod(token: "POST")
    public static let put = HTTPMethod(token: "PUT")
    public static let delete = HTTPMethod(token: "DELETE")
    public static let options = HTTPMethod(token: "OPTIONS")
    public static let patch = HTTPMethod(token: "PATCH")
    public static let connect = HTTPMethod(token: "CONNECT")
    public static let trace = HTTPMethod(token: "TRACE")

    public var description: String { name }
}
