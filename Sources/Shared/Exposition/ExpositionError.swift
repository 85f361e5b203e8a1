/// Why a document is refused, as a whole.
public struct ExpositionError: Error, Hashable, Sendable {
    public let reason: Reason
    /// From 1.
    public let line: Int
    /// In bytes, from 1.
    public let column: Int

    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case start
        case metricName = "metric_name"
        case labelName = "label_name"
        case labelValue = "label_value"
        case labelSeparator = "label_separator"
        case duplicateLabel = "duplicate_label"
        case encoding
        case value
        case timestamp
        case exemplar
        case lineEnd = "line_end"
        case metadata
        case type
        case unit
        case truncated
        case missingEOF = "missing_eof"
        case dataAfterEOF = "data_after_eof"
        case documentBytes = "document_bytes"
        case lineBytes = "line_bytes"
        case labels
        case labelNameBytes = "label_name_bytes"
        case labelValueBytes = "label_value_bytes"
    }

    /// One of a bounded set, for use as a label of metrics.
    public var label: String { reason.rawValue }
}

extension ExpositionError: CustomStringConvertible {
    public var description: String { "line \(line), column \(column): \(reason.text)" }
}

extension ExpositionError.Reason {
    fileprivate var text: String {
        switch self {
        case .start: "a line must begin with a metric name or #"
        case .metricName: "a series needs exactly one metric name, valid and not empty"
        case .labelName: "expected a label name or }"
        case .labelValue: "expected = and a value in double quotes"
        case .labelSeparator: "expected , or } after a label"
        case .duplicateLabel: "a label name occurs twice"
        case .encoding: "not valid UTF-8"
        case .value: "expected a number that a double can hold"
        case .timestamp: "expected a timestamp"
        case .exemplar: "only samples of counters and buckets may have exemplars"
        case .lineEnd: "expected the end of the line"
        case .metadata: "expected a metric name and text after HELP, TYPE or UNIT"
        case .type: "unknown metric type"
        case .unit: "the unit is not the last part of the metric name"
        case .truncated: "the document ends within a line"
        case .missingEOF: "the document does not end with # EOF"
        case .dataAfterEOF: "there is something after # EOF"
        case .documentBytes: "the document is larger than the limit"
        case .lineBytes: "the line is longer than the limit"
        case .labels: "more labels than the limit"
        case .labelNameBytes: "a label name is longer than the limit"
        case .labelValueBytes: "a label value is longer than the limit"
        }
    }
}

/// An error at a place in the window, before it is known which line that is.
struct Fault: Error {
    let reason: ExpositionError.Reason
    let offset: Int

    init(_ reason: ExpositionError.Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
