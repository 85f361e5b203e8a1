public import HTTP

/// A response that is rendered once and sent many times; its bytes are never copied.
///
/// With a gzip form, `Accept-Encoding` chooses between the two; with an entity tag, a client that has these bytes
/// already gets 304.
public final class PreparedResponse: Sendable {
    struct Form: Sendable {
        let status: HTTPStatus
        /// Complete but for what depends on the connection.
        let head: [UInt8]
        let body: [UInt8]
    }

    private let plain: Form
    private let gzip: Form?
    private let tag: EntityTag?
    private let notModified: Form

    /// - Parameters:
    ///   - fields: `Content-Type` and whatever else; `ETag`, `Vary` and `Content-Encoding` are added.
    ///   - tag: of the content; the forms share it, so it should be weak if there are two.
    public init(
        _ status: HTTPStatus = .ok, _ fields: HTTPFields, body: [UInt8], gzip: [UInt8]? = nil, tag: EntityTag? = nil
    ) {
        var common = fields
        if gzip != nil { common.append("Vary", "Accept-Encoding") }
        if let tag { common.set("ETag", tag.description) }
        plain = Form(status: status, head: ResponseHead(status, common).serialized, body: body)
        notModified = Form(status: .notModified, head: ResponseHead(.notModified, common).serialized, body: [])
        self.gzip = gzip.map {
            var fields = common
            fields.set("Content-Encoding", "gzip")
            return Form(status: status, head: ResponseHead(status, fields).serialized, body: $0)
        }
        self.tag = tag
    }

    func form(for head: RequestHead) -> Form {
        if let tag, head.method == .get || head.method == .head,
            tag.matches(ifNoneMatch: head.fields.combined("If-None-Match"))
        {
            return notModified
        }
        guard let gzip, AcceptedCodings(head.fields.combined("Accept-Encoding")).prefersGzip else { return plain }
        return gzip
    }
}
