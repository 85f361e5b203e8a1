/// A small piece of JSON as a tree, for what comes once an answer.
public enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// Infinity and NaN too, since slurmrestd up to 24.11 writes them.
    case number(Double)
    /// Text that isn't UTF-8 is repaired.
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    public var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    public var string: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }
}

extension RawSpan {
    /// How many values a tree may have.
    static var largestTree: Int { 100_000 }

    /// Builds the value at an offset.
    func readTree(_ start: Int, into value: inout JSONValue) throws(JSONStop) -> Int {
        var room = Self.largestTree
        return try readTree(start, into: &value, depth: 0, &room)
    }

    private func readTree(_ start: Int, into value: inout JSONValue, depth: Int, _ room: inout Int) throws(JSONStop)
        -> Int
    {
        guard room > 0 else { throw .malformed(.tooLarge, at: start) }
        room -= 1
        switch try byte(start) {
        case .openBrace: return try readObject(start, into: &value, depth: depth, &room)
        case .openBracket: return try readArray(start, into: &value, depth: depth, &room)
        case .quote:
            var string = ""
            let end = try readString(start, into: &string)
            value = .string(string)
            return end
        default: return try readScalar(start, into: &value)
        }
    }

    private func readScalar(_ start: Int, into value: inout JSONValue) throws(JSONStop) -> Int {
        let end = try skipValue(start)
        let text = string(start..<end)
        value =
            switch text {
            case "null": .null
            case "true": .bool(true)
            case "false": .bool(false)
            default: .number(Double(text) ?? .nan)
            }
        return end
    }

    private func readObject(_ start: Int, into value: inout JSONValue, depth: Int, _ room: inout Int) throws(JSONStop)
        -> Int
    {
        guard depth < Self.deepestNesting else { throw .malformed(.tooDeep, at: start) }
        var members: [String: JSONValue] = [:]
        defer { value = .object(members) }
        var at = try skipSpace(start + 1)
        if try byte(at) == .closeBrace { return at + 1 }
        while true {
            let member = try skipKey(at)
            var key = ""
            _ = try readString(at, into: &key)
            at = try skipSpace(readTree(member, into: &members[key, default: .null], depth: depth + 1, &room))
            switch try byte(at) {
            case .comma: at = try skipSpace(at + 1)
            case .closeBrace: return at + 1
            default: throw .malformed(.unexpectedByte, at: at)
            }
        }
    }

    private func readArray(_ start: Int, into value: inout JSONValue, depth: Int, _ room: inout Int) throws(JSONStop)
        -> Int
    {
        guard depth < Self.deepestNesting else { throw .malformed(.tooDeep, at: start) }
        var elements: [JSONValue] = []
        defer { value = .array(elements) }
        var at = try skipSpace(start + 1)
        if try byte(at) == .closeBracket { return at + 1 }
        while true {
            var element = JSONValue.null
            at = try skipSpace(readTree(at, into: &element, depth: depth + 1, &room))
            elements.append(element)
            switch try byte(at) {
            case .comma: at = try skipSpace(at + 1)
            case .closeBracket: return at + 1
            default: throw .malformed(.unexpectedByte, at: at)
            }
        }
    }

    func string(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}
