/// Why bytes could not be decompressed.
public enum GzipError: Error, Hashable, Sendable {
    /// Not gzip, damaged, or followed by something that isn't gzip; the text is zlib's.
    case corrupt(String)
    /// The bytes end before the compressed data does.
    case truncated
    /// More would come out than the limit allows.
    case tooLarge(limit: Int)

    /// One of a few words, for metrics.
    public var label: String {
        switch self {
        case .corrupt: "corrupt"
        case .truncated: "truncated"
        case .tooLarge: "too_large"
        }
    }
}

extension GzipError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .corrupt(let reason): "corrupt gzip data: \(reason)"
        case .truncated: "the gzip data ends early"
        case .tooLarge(let limit): "the gzip data is larger than \(limit) bytes when decompressed"
        }
    }
}
