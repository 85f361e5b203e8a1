/// Why a request was not understood. After any of these nothing else on the connection can be trusted, so it is closed.
public enum RequestError: String, Error, Sendable, Hashable, CaseIterable {
    case malformedRequestLine = "malformed_request_line"
    case requestLineTooLong = "request_line_too_long"
    case malformedTarget = "malformed_target"
    case unsupportedMethod = "unsupported_method"
    case unsupportedVersion = "unsupported_version"
    case malformedLineEnd = "malformed_line_end"
    case malformedField = "malformed_field"
    case foldedField = "folded_field"
    case fieldsTooLarge = "fields_too_large"
    case tooManyFields = "too_many_fields"
    case missingHost = "missing_host"
    case repeatedHost = "repeated_host"
    case malformedHost = "malformed_host"
    case ambiguousLength = "ambiguous_length"
    case malformedLength = "malformed_length"
    case malformedTransferEncoding = "malformed_transfer_encoding"
    case unknownTransferCoding = "unknown_transfer_coding"
    case malformedChunk = "malformed_chunk"
    case trailersTooLarge = "trailers_too_large"
    case bodyTooLarge = "body_too_large"
    case unknownExpectation = "unknown_expectation"
    case headTimeout = "head_timeout"
    case bodyTimeout = "body_timeout"

    /// One of few fixed words, for a metric's label.
    public var label: String { rawValue }

    public var status: HTTPStatus {
        switch self {
        case .requestLineTooLong: .uriTooLong
        case .fieldsTooLarge, .tooManyFields, .trailersTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMethod, .unknownTransferCoding: .notImplemented
        case .unsupportedVersion: .httpVersionNotSupported
        case .unknownExpectation: .expectationFailed
        case .headTimeout, .bodyTimeout: .requestTimeout
        case .malformedRequestLine, .malformedTarget, .malformedLineEnd, .malformedField, .foldedField, .missingHost,
            .repeatedHost, .malformedHost, .ambiguousLength, .malformedLength, .malformedTransferEncoding,
            .malformedChunk:
            .badRequest
        }
    }
}

extension RequestError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformedRequestLine: "the request line is not METHOD TARGET HTTP/1.x"
        case .requestLineTooLong: "the request line is too long"
        case .malformedTarget: "the request target is not a path, an http URI or *"
        case .unsupportedMethod: "this is not a proxy"
        case .unsupportedVersion: "only HTTP/1.0 and HTTP/1.1 are spoken here"
        case .malformedLineEnd: "a line does not end in CR LF"
        case .malformedField: "a header field is not NAME: VALUE, or contains a control character"
        case .foldedField: "a header field goes on in the next line"
        case .fieldsTooLarge: "the header fields are too large"
        case .tooManyFields: "there are too many header fields"
        case .missingHost: "the Host field is missing"
        case .repeatedHost: "there is more than one Host field"
        case .malformedHost: "the Host field is not a host"
        case .ambiguousLength: "the length of the body is given in two ways"
        case .malformedLength: "Content-Length is not a number"
        case .malformedTransferEncoding: "Transfer-Encoding does not end in one chunked"
        case .unknownTransferCoding: "the only transfer coding known is chunked"
        case .malformedChunk: "the chunks of the body are malformed"
        case .trailersTooLarge: "the trailer fields are too large"
        case .bodyTooLarge: "the body is too large"
        case .unknownExpectation: "the only expectation known is 100-continue"
        case .headTimeout: "the head of the request took too long"
        case .bodyTimeout: "the body of the request took too long"
        }
    }
}
