/// Cuts a selector into tokens, as Prometheus does: inside of braces other things are tokens than outside.
struct Lexer {
    let text: [UInt8]
    private(set) var index = 0
    private var isInBraces = false

    init(_ text: [UInt8]) {
        self.text = text
    }

    mutating func next() throws(Fault) -> Token {
        skipBlanksAndComments()
        guard index < text.count else {
            if isInBraces { throw Fault(.unexpected("end of input inside braces"), at: index) }
            return Token(kind: .end, range: index..<index)
        }
        return isInBraces ? try nextInBraces() : try nextOutside()
    }

    private mutating func skipBlanksAndComments() {
        while index < text.count {
            if text[index] == UInt8(ascii: "#") {
                while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
            } else if text[index].isBlank {
                index += 1
            } else {
                return
            }
        }
    }

    private mutating func nextOutside() throws(Fault) -> Token {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "{"):
            isInBraces = true
            return take(1, .openBrace)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
        case UInt8(ascii: ":"): return word(colons: true)
        case _ where byte.isNameStart: return word(colons: true)
        case _ where byte.isDigit || byte == UInt8(ascii: ".") && isDigit(at: index + 1): return number()
        case _ where "+-*/%^=!<>@".utf8.contains(byte): return operation()
        case _ where "()[],}".utf8.contains(byte): return take(1, .foreign(.sign))
        default: throw Fault(.unexpected("character: \(character.debugDescription)"), at: index)
        }
    }

    private mutating func nextInBraces() throws(Fault) -> Token {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "}"):
            isInBraces = false
            return take(1, .closeBrace)
        case UInt8(ascii: ","): return take(1, .comma)
        case UInt8(ascii: "="): return isTilde(at: index + 1) ? take(2, .matches) : take(1, .equal)
        case UInt8(ascii: "!"):
            if isTilde(at: index + 1) { return take(2, .matchesNot) }
            if index + 1 < text.count, text[index + 1] == UInt8(ascii: "=") { return take(2, .notEqual) }
            throw Fault(.unexpected("character after '!' inside braces"), at: index)
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
        case _ where byte.isNameStart: return word(colons: false)
        case UInt8(ascii: "{"): throw Fault(.unexpected("left brace '{' inside braces"), at: index)
        default: throw Fault(.unexpected("character inside braces: \(character.debugDescription)"), at: index)
        }
    }
}

extension Lexer {
    private mutating func take(_ count: Int, _ kind: Token.Kind) -> Token {
        defer { index += count }
        return Token(kind: kind, range: index..<index + count)
    }

    /// - Parameter colons: whether a name may have them; keywords count only where it may.
    private mutating func word(colons: Bool) -> Token {
        var end = index + 1
        while end < text.count, text[end].isName || colons && text[end] == UInt8(ascii: ":") { end += 1 }
        let word = text[index..<end]
        if colons, let keyword = Keyword(word) { return take(word.count, .keyword(keyword)) }
        return take(word.count, word.contains(UInt8(ascii: ":")) ? .metricIdentifier : .identifier)
    }

    private mutating func string() throws(Fault) -> Token {
        let literal = try StringLiteral(text, at: index)
        return take(literal.end - index, .string(literal.bytes))
    }

    private mutating func number() -> Token {
        var end = index
        while end < text.count, text[end].isName || text[end] == UInt8(ascii: ".") { end += 1 }
        return take(end - index, .foreign(.number))
    }

    private mutating func operation() -> Token {
        let pair = index + 1 < text.count ? text[index...index + 1] : []
        let isDouble = ["==", "!=", "<=", ">=", "=~", "!~"].contains { $0.utf8.elementsEqual(pair) }
        return take(isDouble ? 2 : 1, .foreign(.operation))
    }

    private func isTilde(at place: Int) -> Bool {
        place < text.count && text[place] == UInt8(ascii: "~")
    }

    private func isDigit(at place: Int) -> Bool {
        place < text.count && text[place].isDigit
    }

    private var character: String {
        String(String(decoding: text[index...].prefix(4), as: UTF8.self).unicodeScalars.prefix(1))
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

    fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

    fileprivate var isNameStart: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 || self == UInt8(ascii: "_") }

    fileprivate var isName: Bool { isNameStart || isDigit }
}
