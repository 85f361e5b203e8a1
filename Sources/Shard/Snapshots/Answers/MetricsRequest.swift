import HTTP
import HTTPServer
import Metrics

/// What a scraper asks for.
struct MetricsRequest: Sendable {
    let form: PageForm
    /// Nil for all.
    let clusters: Set<String>?
    let collectors: Set<String>?

    struct Invalid: Error {
        let reason: String
    }

    /// - Parameters:
    ///   - clusters: those that there are.
    ///   - collectors: those that there are.
    ///   - set: the only one that can be asked for, if any.
    init(
        _ request: RoutedRequest, clusters: some Collection<String>, collectors: some Collection<String>,
        set: String? = nil
    ) throws(Invalid) {
        form = PageForm(
            format: Self.formats.choose(accept: request.fields.combined("Accept")).offer,
            isCompressed: AcceptedCodings(request.fields.combined("Accept-Encoding")).prefersGzip)
        self.clusters = try Self.chosen(request.query.values("cluster"), "cluster", among: clusters)
        self.collectors = try Self.chosen(request.query.values("collect[]"), "collector", among: collectors)
        if let asked = request.query["set"], asked != set {
            throw Invalid(reason: "no set '\(asked)': there are none but what is shown without set=")
        }
    }

    /// - Returns: the same of these collectors only.
    func narrowed(to collectors: Set<String>?) -> MetricsRequest {
        guard let collectors else { return self }
        return MetricsRequest(
            form: form, clusters: clusters, collectors: self.collectors?.intersection(collectors) ?? collectors)
    }

    private init(form: PageForm, clusters: Set<String>?, collectors: Set<String>?) {
        self.form = form
        self.clusters = clusters
        self.collectors = collectors
    }

    private static func chosen(
        _ names: [String], _ kind: String, among known: some Collection<String>
    ) throws(Invalid) -> Set<String>? {
        if let unknown = names.first(where: { !known.contains($0) }) {
            let list = known.isEmpty ? "none yet" : known.sorted().joined(separator: ", ")
            throw Invalid(reason: "no \(kind) '\(unknown)'; there are: \(list)")
        }
        return names.isEmpty ? nil : Set(names)
    }

    private static let formats = ContentNegotiation<MetricsFormat>(
        [
            "text/plain; version=0.0.4; charset=utf-8": .text,
            "application/openmetrics-text; version=1.0.0; charset=utf-8": .openMetrics,
        ], otherwise: .text)
}

extension PageForm {
    var fields: HTTPFields {
        var fields: HTTPFields = ["Content-Type": format.contentType, "Vary": "Accept, Accept-Encoding"]
        if isCompressed { fields.set("Content-Encoding", "gzip") }
        return fields
    }
}
