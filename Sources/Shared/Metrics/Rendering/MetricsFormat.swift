/// The two texts that Prometheus reads.
public enum MetricsFormat: CaseIterable, Sendable {
    /// https://prometheus.io/docs/instrumenting/exposition_formats/
    case text
    /// https://prometheus.io/docs/specs/om/open_metrics_spec/
    case openMetrics

    /// To be sent exactly like this: Prometheus 3 refuses a type that it doesn't know.
    public var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }
}
