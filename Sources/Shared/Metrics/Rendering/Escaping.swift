extension [UInt8] {
    /// Appends a label value between its quotes: `\`, `"` and newline escaped, invalid UTF-8 as U+FFFD since one such
    /// byte fails a whole scrape, everything else as it is.
    mutating func append(escaping value: Span<UInt8>) {
        let start = count
        if appendUnchecked(escaping: value) { return }
        do throws(UTF8.ValidationError) { _ = try UTF8Span(validating: value) } catch {
            removeSubrange(start...)
            let repaired = value.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
            _ = appendUnchecked(escaping: repaired.utf8.span)
        }
    }

    /// - Returns: whether all of it was ASCII.
    private mutating func appendUnchecked(escaping value: Span<UInt8>) -> Bool {
        var bits: UInt8 = 0
        append(addingCapacity: 2 * value.count) { out in
            for index in value.indices {
                let byte = value[index]
                bits |= byte
                out.append(escaping: byte, quoted: true)
            }
        }
        return bits < 0x80
    }

    /// Appends the text of a `# HELP` line; only OpenMetrics escapes quotes there.
    mutating func append(escapingHelp help: String, quotes: Bool) {
        append(addingCapacity: 2 * help.utf8.count) { out in
            for byte in help.utf8 { out.append(escaping: byte, quoted: quotes) }
        }
    }
}

extension OutputSpan<UInt8> {
    @inline(__always)
    fileprivate mutating func append(escaping byte: UInt8, quoted: Bool) {
        switch byte {
        case UInt8(ascii: "\\"): break
        case UInt8(ascii: "\""): if !quoted { return append(byte) }
        case UInt8(ascii: "\n"):
            append(UInt8(ascii: "\\"))
            return append(UInt8(ascii: "n"))
        default: return append(byte)
        }
        append(UInt8(ascii: "\\"))
        append(byte)
    }
}
