/// Passes over one value, which may come in pieces and be of any length, and checks its grammar on the way.
struct ValueSkipper {
    /// One bit for each container that is open, the innermost lowest: 1 for an object.
    private var containers: UInt64 = 0
    private var depth = 0
    private var expectation = Expectation.value

    private enum Expectation { case value, valueOrEnd, key, keyOrEnd, separator }

    /// Moves `at` on to the end of the value.
    ///
    /// After `needsMore`, `at` stands where reading has to go on; what lies before it isn't needed again.
    @inline(__always)
    mutating func skip(_ text: JSONText, from at: inout Int) throws(JSONStop) {
        repeat {
            at = try text.skipSpace(at)
            let byte = try text.byte(at)
            switch expectation {
            case .value: try skipValue(byte, text, &at)
            case .separator: try skipSeparator(byte, &at)
            case .key: try skipKey(text, &at)
            case .keyOrEnd where byte == .closeBrace: close(&at)
            case .keyOrEnd: try skipKey(text, &at)
            case .valueOrEnd where byte == .closeBracket: close(&at)
            case .valueOrEnd: try skipValue(byte, text, &at)
            }
        } while depth > 0
    }

    @inline(__always)
    private mutating func skipValue(_ byte: UInt8, _ text: JSONText, _ at: inout Int) throws(JSONStop) {
        switch byte {
        case .openBrace: try open(.keyOrEnd, &at)
        case .openBracket: try open(.valueOrEnd, &at)
        default:
            at = try text.skipScalar(at)
            expectation = .separator
        }
    }

    @inline(__always)
    private mutating func skipKey(_ text: JSONText, _ at: inout Int) throws(JSONStop) {
        at = try text.skipKey(at)
        expectation = .value
    }

    @inline(__always)
    private mutating func skipSeparator(_ byte: UInt8, _ at: inout Int) throws(JSONStop) {
        let isObject = containers & 1 == 1
        switch byte {
        case .comma:
            expectation = isObject ? .key : .value
            at += 1
        case .closeBrace where isObject, .closeBracket where !isObject: close(&at)
        default: throw .malformed(.unexpectedByte, at: at)
        }
    }

    @inline(__always)
    private mutating func open(_ next: Expectation, _ at: inout Int) throws(JSONStop) {
        guard depth < JSONText.deepestNesting else { throw .malformed(.tooDeep, at: at) }
        containers = containers << 1 | (next == .keyOrEnd ? 1 : 0)
        depth += 1
        expectation = next
        at += 1
    }

    @inline(__always)
    private mutating func close(_ at: inout Int) {
        containers >>= 1
        depth -= 1
        expectation = .separator
        at += 1
    }
}
