import Compression
import Exposition
import HTTPClient

/// Why a scrape counts for nothing.
enum ScrapeError: Error, Hashable, Sendable {
    case http(HTTPClientError)
    /// The token that is to be shown can't be read.
    case token(String)
    case status(Int)
    /// A kind of document, or of compression, that nobody asked for.
    case format(String)
    case compression(GzipError)
    case document(ExpositionError)
    /// More bytes than the target may send.
    case tooLarge(limit: Int)

    /// One of a bounded set, for metrics.
    var label: String {
        switch self {
        case .http(let error): error.kind.label
        case .token: "token"
        case .status: "status"
        case .format: "format"
        case .compression: "compression"
        case .document(let error): "document_" + error.label
        case .tooLarge: "too_large"
        }
    }
}

extension ScrapeError: CustomStringConvertible {
    var description: String {
        switch self {
        case .http(let error): error.description
        case .token(let reason): reason
        case .status(let code): "the target answered with status \(code)"
        case .format(let format): "the target sent '\(format)'"
        case .compression(let error): "\(error)"
        case .document(let error): error.description
        case .tooLarge(let limit): "the target sent more than \(limit) bytes"
        }
    }
}
