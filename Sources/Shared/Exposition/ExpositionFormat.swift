/// The two text formats in which targets expose metrics.
public enum ExpositionFormat: Sendable, Hashable, CaseIterable {
    /// Prometheus text 0.0.4.
    case text
    /// OpenMetrics 1.0.
    case openMetrics
}

/// Which characters names may have.
public enum NameRule: Sendable, Hashable {
    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`, as every Prometheus before 3.0 demands.
    case legacy
    /// Also any UTF-8 in quotes, which targets only send to those who ask with `escaping=allow-utf-8`.
    case utf8
}

/// When the labels of a sample are read.
public enum LabelReading: Sendable, Hashable {
    /// By ``ExpositionParser/next()``, with every sample.
    case always
    /// By ``ExpositionParser/readLabels(of:)`` only, for those who recognise most series by their bytes.
    ///
    /// What stands in the braces of a series is then checked no further than to find their end: to skip the labels is
    /// right only for bytes whose labels have been read before.
    case onDemand
}
