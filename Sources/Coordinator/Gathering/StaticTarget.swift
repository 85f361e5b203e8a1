public import Configuration

/// Something that exposes metrics, and how it is asked: an exporter, or a coordinator of another region.
public struct StaticTarget: Equatable, Sendable {
    /// With path, and with a query where one is needed.
    public var url: String
    /// Put on all its series; where none of them is `instance`, it is host and port of the URL.
    public var labels: [String: String]
    public var interval: Duration
    /// Of a whole scrape; no longer than the interval.
    public var timeout: Duration
    /// Whether labels that its series have already are kept as they are.
    public var honorsLabels: Bool
    /// Shown to it as a bearer; where it is in a file, that is read again each time.
    public var token: Secret?
    /// In bytes, when nothing is compressed any more: what is larger counts as broken.
    public var bodyLimit: Int

    public init(
        url: String, labels: [String: String] = [:], interval: Duration = .seconds(15), timeout: Duration? = nil,
        honorsLabels: Bool = false, token: Secret? = nil, bodyLimit: Int = 256 << 20
    ) {
        self.url = url
        self.labels = labels
        self.interval = interval
        self.timeout = min(timeout ?? .seconds(10), interval)
        self.honorsLabels = honorsLabels
        self.token = token
        self.bodyLimit = bodyLimit
    }

    /// All labels of its series, where they are its own to give.
    public var allLabels: [String: String] { ["instance": instance, "job": "federation"].merging(labels) { $1 } }

    private var instance: String { TargetURL(url).host }
}
