/// Pieces of JSON Schema. Restrictions there apply to one type each, so `minimum` and `pattern` go together well.
extension JSON {
    /// Any scalar is text to us, and text may refer to variables, which no editor can look up.
    static func text(pattern: String?) -> JSON {
        .object([("type", .strings(["string", "number", "boolean"]))] + JSON.pattern(pattern))
    }

    static func number(_ type: String, _ bounds: (lower: String?, upper: String?), pattern: String) -> JSON {
        let limits = [("minimum", bounds.lower), ("maximum", bounds.upper)].compactMap { name, value in
            value.map { (name, JSON.literal($0)) }
        }
        return .object([("type", .strings([type, "string"]))] + limits + JSON.pattern(pattern))
    }

    static func enumeration(_ values: [JSON]) -> JSON { .object([("enum", .array(values))]) }

    static func any(_ alternatives: [JSON]) -> JSON { .object([("anyOf", .array(alternatives))]) }

    static let reference = JSON.object([("type", .string("string")), ("pattern", .string("\\$\\{"))])

    static func pattern(_ pattern: String?) -> [(String, JSON)] {
        pattern.map { [("pattern", .string("^(?:\($0))$|\\$\\{"))] } ?? []
    }

    /// With more entries, which go before those there are.
    func with(_ more: [(String, JSON)]) -> JSON {
        guard case .object(let entries) = self else { return self }
        let names = Set(more.map(\.0))
        return .object(more + entries.filter { !names.contains($0.0) })
    }
}
