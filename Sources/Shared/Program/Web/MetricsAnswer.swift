import Compression
public import HTTP
public import HTTPServer
public import Metrics

/// A program's own figures, as a scraper asks for them.
public enum MetricsAnswer {
    public static let formats = ContentNegotiation<MetricsFormat>(
        [
            "text/plain; version=0.0.4; charset=utf-8": .text,
            "application/openmetrics-text; version=1.0.0; charset=utf-8": .openMetrics,
        ], otherwise: .text)

    public static func answer(to request: RoutedRequest, from registry: MetricRegistry) -> Answer {
        let format = formats.choose(accept: request.fields.combined("Accept")).offer
        let isCompressed = AcceptedCodings(request.fields.combined("Accept-Encoding")).prefersGzip
        return .work { writer in
            let text = MetricsRenderer(format).render(registry.tables())
            var fields: HTTPFields = ["Content-Type": format.contentType, "Vary": "Accept, Accept-Encoding"]
            if isCompressed { fields.set("Content-Encoding", "gzip") }
            writer.respond(Response(.ok, fields, body: isCompressed ? Gzip.compress(text) : text))
        }
    }
}
