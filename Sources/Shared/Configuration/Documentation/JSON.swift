/// JSON to write, with keys in the order given.
enum JSON: Sendable, CustomStringConvertible {
    case null
    case boolean(Bool)
    /// Already JSON: a number, true or false.
    case literal(String)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    static func strings(_ items: [String]) -> JSON { .array(items.map(JSON.string)) }

    var description: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .literal(let text): text
        case .string(let text): JSON.quoted(text)
        case .array(let items): "[" + items.map(\.description).joined(separator: ", ") + "]"
        case .object(let entries):
            "{" + entries.map { "\(JSON.quoted($0)): \($1)" }.joined(separator: ", ") + "}"
        }
    }

    /// Objects over several lines, all else on one.
    func indented(_ level: Int = 0) -> String {
        guard case .object(let entries) = self, !entries.isEmpty else { return description }
        let indent = String(repeating: "  ", count: level + 1)
        let lines = entries.map { "\(indent)\(JSON.quoted($0)): \($1.indented(level + 1))" }
        return "{\n" + lines.joined(separator: ",\n") + "\n" + String(repeating: "  ", count: level) + "}"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
