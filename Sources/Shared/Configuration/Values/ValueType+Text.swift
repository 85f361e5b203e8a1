extension ValueType where Value == String {
    /// Text that is not empty. Plain `no`, `5` or `1e6` is that text.
    public static var string: ValueType<String> {
        .text("text", allowed: "text", pattern: ".+") { text throws(Rejection) in
            if text.isEmpty { throw Rejection("is empty") }
            return text
        } write: {
            $0
        }
    }

    public static var possiblyEmptyString: ValueType<String> {
        .text("text", allowed: "text") { text throws(Rejection) in
            text
        } write: {
            $0
        }
    }
}

extension ValueType where Value: CaseIterable & RawRepresentable<String> {
    /// One of the raw values, spelled exactly.
    public static func enumeration(_ name: String, of type: Value.Type = Value.self) -> ValueType {
        let words = Value.allCases.map(\.rawValue)
        let allowed = (words.count > 1 ? "one of " : "") + words.joined(separator: ", ")
        let description = TypeDescription(name, allowed: allowed) {
            .any([.enumeration(words.map(JSON.string)), .reference])
        }
        return .scalar(description) { text throws(Rejection) in
            if let value = Value(rawValue: text) { return value }
            guard let near = Nearest.to(text, among: words) else { return nil }
            throw Rejection("is no \(name) (did you mean \"\(near)\"?)")
        } write: {
            .text($0.rawValue)
        }
    }
}
