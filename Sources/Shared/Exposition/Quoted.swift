/// What stands between two double quotes.
struct Quoted {
    let content: Range<Int>
    let hasEscapes: Bool

    /// Just behind the closing quote.
    var end: Int { content.upperBound + 1 }

    /// - Parameter start: just behind the opening quote.
    init(_ bytes: Bytes, from start: Int, in dialect: Dialect) throws(Fault) {
        var (index, isASCII) = bytes.first(.quote, or: .backslash, from: start)
        var hasEscapes = false
        while bytes[index] == .backslash {
            hasEscapes = true
            guard bytes[index + 1] != .lineFeed else { throw Fault(.labelValue, at: index + 1) }
            let rest = bytes.first(.quote, or: .backslash, from: min(index + 2, bytes.textEnd))
            index = rest.index
            isASCII = isASCII && rest.isASCII
        }
        guard index < bytes.textEnd else { throw Fault(.truncated, at: index) }
        self.content = start..<index
        self.hasEscapes = hasEscapes
        if dialect.format == .openMetrics, let lineEnd = bytes.first(.lineFeed, in: content) {
            throw Fault(.labelValue, at: lineEnd)
        }
        guard isASCII || bytes.isUTF8(content) else { throw Fault(.encoding, at: start) }
    }
}
