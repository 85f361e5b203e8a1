extension OutputSpan<UInt8> {
    /// Appends what stands between a label value's quotes: `\`, `"` and newline escaped, everything else as it is.
    ///
    /// Takes at most twice the bytes of a value.
    @inline(__always)
    package mutating func append(escaping value: Span<UInt8>) {
        if value.isPlain { append(copying: value) } else { append(escapingEach: value) }
    }

    @inline(never)
    private mutating func append(escapingEach value: Span<UInt8>) {
        for index in value.indices { append(escaping: value[index], quotes: true) }
    }

    /// Appends the text of a `# HELP` line; only OpenMetrics escapes quotes there.
    package mutating func append(escapingHelp help: Span<UInt8>, quotes: Bool) {
        for index in help.indices { append(escaping: help[index], quotes: quotes) }
    }

    private mutating func append(escaping byte: UInt8, quotes: Bool) {
        if byte == UInt8(ascii: "\n") {
            append(UInt8(ascii: "\\"))
            return append(UInt8(ascii: "n"))
        }
        if byte == UInt8(ascii: "\\") || (quotes && byte == UInt8(ascii: "\"")) { append(UInt8(ascii: "\\")) }
        append(byte)
    }
}

extension Span<UInt8> {
    /// Whether nothing in it has to be escaped and all of it is ASCII.
    @inline(__always)
    package var isPlain: Bool {
        var place = 0
        while place + 8 <= count {
            if !Self.isPlain(word(at: place)) { return false }
            place += 8
        }
        while place < count {
            if !Self.isPlain(UInt64(self[place])) { return false }
            place += 1
        }
        return true
    }

    /// Whether none of eight bytes is `"`, `\`, newline or above ASCII; all of those make a high bit appear.
    @inline(__always)
    private static func isPlain(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits = ones << 7
        let quotes = (word ^ (0x22 * ones)) &- ones
        let backslashes = (word ^ (0x5C * ones)) &- ones
        let newlines = (word ^ (0x0A * ones)) &- ones
        return (word | quotes | backslashes | newlines) & highBits == 0
    }

    var isValidUTF8: Bool {
        do throws(UTF8.ValidationError) { _ = try UTF8Span(validating: self) } catch { return false }
        return true
    }
}
