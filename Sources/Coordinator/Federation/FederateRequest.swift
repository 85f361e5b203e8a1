import HTTP
import HTTPServer
import Metrics
import Program

/// What a scraper asks of `/federate`.
struct FederateRequest: Sendable {
    let format: MetricsFormat
    let isCompressed: Bool
    /// As they were written, each once.
    let selectors: [String]
    let knownTag: String?
    /// Of which copy the answer is made, where there are several.
    let source: String?

    init(_ request: RoutedRequest, source: String?) {
        self.source = source
        format = MetricsAnswer.formats.choose(accept: request.fields.combined("Accept")).offer
        isCompressed = AcceptedCodings(request.fields.combined("Accept-Encoding")).prefersGzip
        selectors = request.query.values("match[]").eachOnce
        knownTag = request.fields.combined("If-None-Match")
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

extension [String] {
    /// In the same order.
    fileprivate var eachOnce: [String] {
        guard count > 1 else { return self }
        var seen: Set<[UInt8]> = []
        return filter { seen.insert([UInt8]($0.utf8)).inserted }
    }
}
