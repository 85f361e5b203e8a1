/// How long the body of a request is (RFC 9112 §6): the one decision that must not be open to two readings, because a
/// proxy that reads it otherwise would take the rest of one client's body for the request of another.
enum BodyFraming: Equatable {
    case none
    case sized(Int)
    case chunked

    init(of head: RequestHead, limits: RequestLimits) throws(RequestError) {
        let codings = head.fields.combined("Transfer-Encoding")
        let lengths = head.fields.combined("Content-Length")
        switch (codings, lengths) {
        case (nil, nil): self = .none
        case (nil, let lengths?): self = try .sized(by: lengths, limit: limits.body)
        case (let codings?, nil): self = try .coded(by: codings, version: head.version)
        case (.some, .some): throw .ambiguousLength
        }
    }

    /// The same length said twice is one length.
    private static func sized(by lengths: String, limit: Int) throws(RequestError) -> BodyFraming {
        var agreed: Int?
        for text in lengths.split(separator: ",", omittingEmptySubsequences: false) {
            let length = try length(of: text)
            guard agreed == nil || agreed == length else { throw .ambiguousLength }
            agreed = length
        }
        guard let length = agreed else { throw .malformedLength }
        guard length <= limit else { throw .bodyTooLarge }
        return length == 0 ? .none : .sized(length)
    }

    private static func length(of text: Substring) throws(RequestError) -> Int {
        let digits = text.utf8.drop { $0 == UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            throw .malformedLength
        }
        return Int(Substring(digits)) ?? .max
    }

    private static func coded(by codings: String, version: HTTPVersion) throws(RequestError) -> BodyFraming {
        let names = codings.lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
        guard version == .http11, !names.isEmpty else { throw .malformedTransferEncoding }
        guard names.allSatisfy({ $0 == "chunked" }) else { throw .unknownTransferCoding }
        guard names.count == 1 else { throw .malformedTransferEncoding }
        return .chunked
    }
}
