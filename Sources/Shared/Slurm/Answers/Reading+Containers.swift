extension Reading {
    /// Reads the elements of the array at an offset; `body` gets the offset of one and returns that behind it.
    @inline(__always)
    mutating func elements(
        _ text: JSONText, _ start: Int, _ body: (inout Reading, JSONText, Int) throws(JSONStop) -> Int
    ) throws(JSONStop) -> Int {
        var at = try text.skipSpace(start + 1)
        if try text.byte(at) == .closeBracket { return at + 1 }
        while true {
            at = try text.skipSpace(body(&self, text, at))
            switch try text.byte(at) {
            case .comma: at = try text.skipSpace(at + 1)
            case .closeBracket: return at + 1
            default: throw .malformed(.unexpectedByte, at: at)
            }
        }
    }

    /// Reads the members of the object at an offset; `body` gets a key and its value's offset and returns the one behind.
    @inline(__always)
    mutating func members(
        _ text: JSONText, _ start: Int, _ body: (inout Reading, RawSpan, JSONText, Int) throws(JSONStop) -> Int
    ) throws(JSONStop) -> Int {
        var at = try text.skipSpace(start + 1)
        if try text.byte(at) == .closeBrace { return at + 1 }
        while true {
            let value = try text.skipKey(at)
            let key = text.extracting(at + 1..<(try text.skipString(at)) - 1)
            at = try text.skipSpace(body(&self, key, text, value))
            switch try text.byte(at) {
            case .comma: at = try text.skipSpace(at + 1)
            case .closeBrace: return at + 1
            default: throw .malformed(.unexpectedByte, at: at)
            }
        }
    }

    /// The same of an object; null and an empty object are none, anything else is a wrong type.
    @inline(__always)
    mutating func object(
        _ text: JSONText, _ start: Int, _ body: (inout Reading, RawSpan, JSONText, Int) throws(JSONStop) -> Int
    ) throws(JSONStop) -> Int {
        guard try text.byte(start) == .openBrace else { return try skipNull(text, start) }
        return try members(text, start, body)
    }

    /// Passes over a value that can only be null here.
    mutating func skipNull(_ text: JSONText, _ start: Int) throws(JSONStop) -> Int {
        let end = try text.skipValue(start)
        if try text.byte(start) != UInt8(ascii: "n") { noteWrongType() }
        return end
    }
}
