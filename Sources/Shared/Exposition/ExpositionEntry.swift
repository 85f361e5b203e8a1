/// What one line says. Lines that say nothing (blank ones, comments) are no entries.
public enum ExpositionEntry: Sendable {
    case help(name: ByteSlice, text: ByteSlice)
    case type(name: ByteSlice, MetricType)
    case unit(name: ByteSlice, unit: ByteSlice)
    case sample(Sample)
}

/// Bytes that the parser holds, with escapes already resolved; it hands them out until it is asked for more.
public struct ByteSlice: Sendable {
    enum Place {
        case window
        /// Where text goes that had escapes.
        case scratch
    }

    /// Inverted in the scratch.
    private let start: Int32
    private let length: Int32

    init(_ range: Range<Int>, in place: Place = .window) {
        let offset = Int32(truncatingIfNeeded: range.lowerBound)
        start = place == .window ? offset : ~offset
        length = Int32(truncatingIfNeeded: range.count)
    }

    public var count: Int { Int(length) }

    public var isEmpty: Bool { length == 0 }

    var place: Place { start < 0 ? .scratch : .window }

    var offset: Int { Int(start < 0 ? ~start : start) }

    var range: Range<Int> { offset..<offset + count }
}

public enum MetricType: String, Sendable, Hashable, CaseIterable {
    case counter, gauge, histogram, summary
    case gaugeHistogram = "gaugehistogram"
    case info
    case stateSet = "stateset"
    /// `untyped` in text, `unknown` in OpenMetrics.
    case unknown
}

public struct Sample: Sendable {
    /// `name{…}` byte for byte: equal bytes are the same series (the reverse does not hold).
    public let series: ByteSlice
    public let name: ByteSlice
    public let value: Double
    /// Milliseconds since 1970.
    public let timestamp: Int64?
    /// Where the labels begin, after the brace.
    let labels: Int?
}

public struct Label: Sendable {
    public let name: ByteSlice
    public let value: ByteSlice
    /// Equal for equal names, and nearly always only then.
    let fingerprint: UInt64
}
