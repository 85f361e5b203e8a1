/// Why bytes are no generation of a feed.
public enum RecordFormatError: Error, Hashable, Sendable {
    case notRecords
    case version(UInt8)
    case malformed(String)
    /// Ends before its end.
    case truncated
    /// A frame that is longer than any of ours.
    case tooLong

    /// A bounded name, for metrics.
    public var label: String {
        switch self {
        case .notRecords: "not_records"
        case .version: "version"
        case .malformed: "malformed"
        case .truncated: "truncated"
        case .tooLong: "too_long"
        }
    }
}

extension RecordFormatError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notRecords: "no stream of records"
        case .version(let version): "records in the version \(version) of the format, which this release doesn't know"
        case .malformed(let reason): "malformed records: \(reason)"
        case .truncated: "the stream of records ends before its end"
        case .tooLong: "a frame of the stream is longer than any frame can be"
        }
    }
}
