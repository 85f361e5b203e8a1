struct Token: Equatable {
    enum Kind: Equatable {
        case identifier
        /// A name with a colon in it.
        case metricIdentifier
        case keyword(Keyword)
        case openBrace, closeBrace, comma
        case equal, notEqual, matches, matchesNot
        /// Its bytes, without quotes and escapes.
        case string([UInt8])
        /// What selectors never have: numbers, brackets, operators. The text says what kind of thing it is.
        case foreign(Foreign)
        case end
    }

    enum Foreign: Equatable {
        case number, operation, sign
    }

    let kind: Kind
    let range: Range<Int>
}

extension Token {
    /// How Prometheus calls it in an error.
    func shown(in text: [UInt8]) -> String {
        let written = String(decoding: text[range], as: UTF8.self)
        return switch kind {
        case .end: "end of input"
        case .identifier: "identifier \(written.debugDescription)"
        case .metricIdentifier: "metric identifier \(written.debugDescription)"
        case .string: "string \(written.quotedShort)"
        case .foreign(.number): "number \(written.quotedShort)"
        case .keyword(.aggregator): "<aggr:\(written)>"
        case .keyword(.operation), .equal, .notEqual, .matches, .matchesNot, .foreign(.operation): "<op:\(written)>"
        case .keyword(.number): "number \(written.debugDescription)"
        case .keyword: "<\(written)>"
        case .openBrace, .closeBrace, .comma, .foreign(.sign): written.debugDescription
        }
    }
}

extension String {
    fileprivate var quotedShort: String {
        count > 10 ? String(prefix(10)).debugDescription + "..." : debugDescription
    }
}
