import HTTP
import HTTPServer
import Metrics
import Program
import Selectors

/// What a scraper asks of `/federate`.
struct FederateRequest: Sendable {
    let format: MetricsFormat
    let isCompressed: Bool
    /// As they were written.
    let selectors: [String]
    let knownTag: String?
    /// Of which copy the answer is made, where there are several.
    let source: String?

    init(_ request: RoutedRequest, source: String?) {
        self.source = source
        format = MetricsAnswer.formats.choose(accept: request.fields.combined("Accept")).offer
        isCompressed = AcceptedCodings(request.fields.combined("Accept-Encoding")).prefersGzip
        selectors = request.query.values("match[]")
        knownTag = request.fields.combined("If-None-Match")
    }

    /// The first that is none decides.
    func parsed() throws(SelectorError) -> [Selector] {
        var parsed: [Selector] = []
        for text in selectors { parsed.append(try Selector(text)) }
        return parsed
    }

    /// - Parameter tag: nil for an answer that will not be the same when it is asked for again.
    func fields(tag: EntityTag?) -> HTTPFields {
        var fields: HTTPFields = ["Content-Type": format.contentType, "Vary": "Accept, Accept-Encoding"]
        if isCompressed { fields.set("Content-Encoding", "gzip") }
        if let tag { fields.set("ETag", tag.description) }
        if let source { fields.set(Federation.sourceField, source) }
        return fields
    }
}
