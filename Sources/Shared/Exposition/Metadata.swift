enum MetadataKeyword {
    case help, type, unit

    init?(_ bytes: Bytes, at start: Int) {
        if bytes.starts(with: "HELP", at: start) {
            self = .help
        } else if bytes.starts(with: "TYPE", at: start) {
            self = .type
        } else if bytes.starts(with: "UNIT", at: start) {
            self = .unit
        } else {
            return nil
        }
    }
}

/// What follows `# HELP `, `# TYPE ` or `# UNIT `.
struct Metadata {
    private let name: Range<Int>
    private let nameHasEscapes: Bool
    private let text: Range<Int>

    init(_ bytes: Bytes, at start: Int, lineEnd: Int, in dialect: Dialect) throws(Fault) {
        var end = bytes.endOfName(from: start, colons: true)
        if end > start {
            (name, nameHasEscapes) = (start..<end, false)
        } else if bytes[start] == .quote, dialect.names == .utf8 {
            let quoted = try Quoted(bytes, from: start + 1, in: dialect)
            guard !quoted.content.isEmpty, quoted.end <= lineEnd else { throw Fault(.metadata, at: start) }
            (name, nameHasEscapes, end) = (quoted.content, quoted.hasEscapes, quoted.end)
        } else {
            throw Fault(.metadata, at: start)
        }
        if dialect.format == .openMetrics, bytes[end] != .space { throw Fault(.metadata, at: end) }
        // In text, Prometheus takes whatever byte is behind the name for the blank, but for a zero.
        guard bytes[end] != 0 else { throw Fault(.metadata, at: end) }
        text = min(end + 1, lineEnd)..<lineEnd
    }

    func entry(
        _ keyword: MetadataKeyword, _ bytes: Bytes, scratch: inout [UInt8], in dialect: Dialect
    ) throws(Fault) -> ExpositionEntry {
        let name = ByteSlice(name, of: bytes, resolving: nameHasEscapes ? .labelValue : nil, scratch: &scratch)
        switch keyword {
        case .help:
            guard bytes.isUTF8(text) else { throw Fault(.encoding, at: text.lowerBound) }
            let hasEscapes = bytes.first(.backslash, in: text) != nil
            let escapes = dialect.format == .text ? Escapes.help : .labelValue
            return .help(
                name: name, text: ByteSlice(text, of: bytes, resolving: hasEscapes ? escapes : nil, scratch: &scratch))
        case .type:
            guard let type = MetricType(bytes, text, format: dialect.format) else {
                throw Fault(.type, at: text.lowerBound)
            }
            return .type(name: name, type)
        case .unit:
            guard text.isEmpty || isSuffix(bytes) else { throw Fault(.unit, at: text.lowerBound) }
            return .unit(name: name, unit: ByteSlice(text))
        }
    }

    private func isSuffix(_ bytes: Bytes) -> Bool {
        guard name.count > text.count else { return false }
        let start = name.upperBound - text.count
        return bytes[start - 1] == UInt8(ascii: "_")
            && text.indices.allSatisfy {
                bytes[$0] == bytes[start + $0 - text.lowerBound]
            }
    }
}

extension MetricType {
    fileprivate init?(_ bytes: Bytes, _ word: Range<Int>, format: ExpositionFormat) {
        guard word.count <= Self.longestWord else { return nil }
        switch (String(decoding: word, of: bytes), format) {
        case ("untyped", .text): self = .unknown
        case ("unknown", .text): return nil
        case (let word, .openMetrics): self.init(rawValue: word)
        case (let word, .text):
            self.init(rawValue: word)
            guard [.counter, .gauge, .histogram, .summary].contains(self) else { return nil }
        }
    }

    private static let longestWord = "gaugehistogram".utf8.count
}
