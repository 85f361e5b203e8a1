import FoundationEssentials

/// Why bytes are no message of the fleet.
public struct MalformedMessage: Error, CustomStringConvertible {
    /// For people, after the name of what was to be read: `has no 'nonce'`.
    public let reason: String

    public var description: String { "the message \(reason)" }
}

extension MalformedMessage {
    /// Bytes that are quoted of what is something else, such as a proxy's page.
    private static let quotation = 80

    /// - Parameter error: why they can't be decoded.
    init(_ bytes: [UInt8], _ error: any Error) {
        reason =
            switch error {
            case DecodingError.keyNotFound(let key, let context): "has no '\(path(of: context.codingPath + [key]))'"
            case DecodingError.typeMismatch(let type, let context): flaw(context, "is not \(words(for: type))")
            case DecodingError.valueNotFound(_, let context): flaw(context, "is null")
            case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
                flaw(context, "has a value that isn't known")
            // The decoder takes for no JSON also what doesn't fit, without a word where.
            case _ where Self.areJSON(bytes): "can't be read: a number or a text in it is out of bounds"
            default: bytes.isEmpty ? "is empty" : "isn't JSON: \(Self.quotation(of: bytes))"
            }
    }

    private static func areJSON(_ bytes: [UInt8]) -> Bool {
        (try? JSONDecoder().decode(Anything.self, from: Data(bytes))) != nil
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }

    private static func quotation(of bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(quotation), as: UTF8.self).debugDescription + (bytes.count > quotation ? "…" : "")
    }
}

private func flaw(_ context: DecodingError.Context, _ flaw: String) -> String {
    context.codingPath.isEmpty ? flaw : "can't be read: '\(path(of: context.codingPath))' \(flaw)"
}

/// As programs write it: `upstreams[2].health`.
private func path(of keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
        if let place = key.intValue { return "\(path)[\(place)]" }
        return path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)"
    }
}

private func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is [Any].Type: "a list"
    case is any Numeric.Type: "a number"
    default: "an object"
    }
}
