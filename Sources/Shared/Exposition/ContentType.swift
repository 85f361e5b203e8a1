/// How a Content-Type that is missing, broken or foreign is taken.
public enum ContentTypeRule: Sendable, Hashable {
    /// As text, like Prometheus 2.
    case lenient
    /// As an error, like Prometheus 3.
    case strict
}

extension ExpositionFormat {
    /// The format that a response declares.
    ///
    /// - Returns: nil if the body must not be read: protobuf under either rule, everything unknown under the strict one.
    public init?(contentType: String?, rule: ContentTypeRule) {
        switch contentType.flatMap(MediaType.init) {
        case "application/openmetrics-text": self = .openMetrics
        case "text/plain": self = .text
        case "application/vnd.google.protobuf": return nil
        case _ where rule == .lenient: self = .text
        default: return nil
        }
    }
}

/// The essence of a Content-Type (RFC 9110 §8.3), which exists only if the parameters behind it are in order too.
private struct MediaType {
    let essence: Substring.UTF8View

    init?(_ field: String) {
        var rest = field.utf8[...]
        rest.trimBlanks()
        let whole = rest
        guard !rest.takeToken().isEmpty else { return nil }
        if rest.first == UInt8(ascii: "/") {
            rest.removeFirst()
            guard !rest.takeToken().isEmpty else { return nil }
        }
        essence = whole[..<rest.startIndex]
        var names: Set<String> = []
        while rest.trimBlanks(), !rest.isEmpty {
            guard rest.take(";") else { return nil }
            rest.trimBlanks()
            if rest.isEmpty { return }
            guard let name = rest.takeParameter(), names.insert(name).inserted else { return nil }
        }
    }

    static func ~= (pattern: StaticString, type: MediaType) -> Bool {
        type.essence.elementsEqual(String(describing: pattern).utf8) { $0.lowercased == $1 }
    }
}

extension Optional<MediaType> {
    fileprivate static func ~= (pattern: StaticString, type: MediaType?) -> Bool {
        type.map { pattern ~= $0 } ?? false
    }
}

extension Substring.UTF8View {
    @discardableResult
    fileprivate mutating func trimBlanks() -> Bool {
        while let first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") { removeFirst() }
        while let last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { removeLast() }
        return true
    }

    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: character) else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func takeToken() -> Self {
        let token = prefix(while: \.isTokenByte)
        self = self[token.endIndex...]
        return token
    }

    /// `name=token` or `name="quoted"`.
    ///
    /// - Returns: the name in lower case.
    fileprivate mutating func takeParameter() -> String? {
        let name = takeToken()
        guard !name.isEmpty, take("=") else { return nil }
        if take("\"") {
            guard takeQuoted() else { return nil }
        } else if takeToken().isEmpty {
            return nil
        }
        return String(decoding: name.map(\.lowercased), as: UTF8.self)
    }

    private mutating func takeQuoted() -> Bool {
        while let byte = popFirst() {
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\"), popFirst() == nil { return false }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var lowercased: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }

    fileprivate var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
