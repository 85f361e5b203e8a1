/// What a document may cost its reader.
public struct ExpositionLimits: Sendable, Hashable {
    /// The whole document, in bytes; never more than 2 GiB.
    public var documentBytes: Int
    /// One line without its end, in bytes; memory is bounded by it and the largest chunk.
    public var lineBytes: Int
    /// Labels of one series or exemplar, without the metric name.
    public var labels: Int
    public var labelNameBytes: Int
    public var labelValueBytes: Int

    /// Far above what sound targets send: Prometheus itself has no limits by default.
    public init(
        documentBytes: Int = 1 << 30, lineBytes: Int = 1 << 20, labels: Int = 256,
        labelNameBytes: Int = 1 << 20, labelValueBytes: Int = 1 << 20
    ) {
        self.documentBytes = documentBytes
        self.lineBytes = lineBytes
        self.labels = labels
        self.labelNameBytes = labelNameBytes
        self.labelValueBytes = labelValueBytes
    }
}
