/// Status and fields of a response. `Date`, `Connection`, `Content-Length` and `Transfer-Encoding` are the server's
/// to set, and not for whoever answers.
public struct ResponseHead: Sendable, Equatable {
    public var status: HTTPStatus
    public var fields: HTTPFields

    public init(_ status: HTTPStatus, _ fields: HTTPFields = [:]) {
        self.status = status
        self.fields = fields
    }

    /// Status line and fields, each with its line end, without the empty line that ends a head.
    ///
    /// Line breaks in a value would let it forge fields; they become spaces.
    public var serialized: [UInt8] {
        var bytes = Array("HTTP/1.1 \(status.code) \(status.reason)\r\n".utf8)
        for (name, value) in fields {
            precondition(HTTPToken.isValid(name.utf8), "not a field name: \(name)")
            bytes += name.utf8
            bytes += ": ".utf8
            bytes += value.utf8.lazy.map {
                $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7F ? UInt8(ascii: " ") : $0
            }
            bytes += "\r\n".utf8
        }
        return bytes
    }
}
