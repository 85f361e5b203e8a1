/// Where the two formats, names and limits make a difference below the level of lines.
struct Dialect {
    let format: ExpositionFormat
    let names: NameRule
    let limits: ExpositionLimits

    /// Text allows blanks and tabs between any two tokens, and does without commas or with one too many.
    var isLoose: Bool { format == .text }
}

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
        if dialect.format == .openMetrics, let lineEnd = bytes.firstLineFeed(in: content) {
            throw Fault(.labelValue, at: lineEnd)
        }
        guard isASCII || bytes.isUTF8(content) else { throw Fault(.encoding, at: start) }
    }
}

extension Bytes {
    fileprivate func firstLineFeed(in range: Range<Int>) -> Int? {
        let index = extracting(range).firstLineFeed
        return index.map { range.lowerBound + $0 }
    }

    private var firstLineFeed: Int? {
        indices.first { self[$0] == .lineFeed }
    }
}
