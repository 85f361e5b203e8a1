extension RawSpan {
    /// Reads the string whose quote is at an offset; what isn't UTF-8 is repaired.
    func readString(_ start: Int, into string: inout String) throws(JSONStop) -> Int {
        let end = try skipString(start)
        let content = extracting(start + 1..<end - 1)
        guard content.contains(.backslash) else {
            string = self.string(start + 1..<end - 1)
            return end
        }
        var bytes: [UInt8] = []
        try content.unescape(offset: start + 1, into: &bytes)
        string = String(decoding: bytes, as: UTF8.self)
        return end
    }

    @inline(__always)
    func contains(_ wanted: UInt8) -> Bool {
        var at = 0
        while at + 8 <= byteCount {
            let word = unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self)
            if word.bytes(equalTo: wanted) != 0 { return true }
            at += 8
        }
        while at < byteCount {
            if unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self) == wanted { return true }
            at += 1
        }
        return false
    }

    /// Appends the bytes that a string's content stands for.
    ///
    /// - Parameter offset: where the content stands in the text, for errors.
    func unescape(offset: Int, into bytes: inout [UInt8]) throws(JSONStop) {
        var at = 0
        while true {
            let plain = plainCount(at)
            extracting(at..<at + plain).withUnsafeBytes { bytes.append(contentsOf: $0) }
            at += plain
            guard at + 1 < byteCount else { return }
            let escaped = unsafeLoad(fromUncheckedByteOffset: at + 1, as: UInt8.self)
            if escaped == UInt8(ascii: "u") {
                guard let (scalar, length) = unicodeEscape(at) else {
                    throw .malformed(.badEscape, at: offset + at)
                }
                bytes.append(contentsOf: UTF8.encode(scalar)!)
                at += length
            } else {
                guard let plain = Self.simpleEscape(escaped) else { throw .malformed(.badEscape, at: offset + at) }
                bytes.append(plain)
                at += 2
            }
        }
    }

    /// How many bytes there are before the next backslash.
    private func plainCount(_ start: Int) -> Int {
        var at = start
        while at + 8 <= byteCount {
            let found = unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt64.self).bytes(equalTo: .backslash)
            guard found == 0 else { return at + found.trailingZeroBitCount / 8 - start }
            at += 8
        }
        while at < byteCount, self[at] != .backslash { at += 1 }
        return at - start
    }

    private static func simpleEscape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case .quote, .backslash, UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// A surrogate without its partner stands for U+FFFD.
    private func unicodeEscape(_ start: Int) -> (Unicode.Scalar, length: Int)? {
        guard let first = codeUnit(start) else { return nil }
        if let scalar = Unicode.Scalar(UInt32(first)) { return (scalar, 6) }
        guard UTF16.isLeadSurrogate(first), let second = codeUnit(start + 6), UTF16.isTrailSurrogate(second) else {
            return ("\u{FFFD}", 6)
        }
        return (UTF16.decode(UTF16.EncodedScalar([first, second])), 12)
    }

    /// The four hexadecimal digits of `\uXXXX`.
    private func codeUnit(_ start: Int) -> UInt16? {
        guard start + 6 <= byteCount, has("\\u", at: start) else { return nil }
        var unit: UInt16 = 0
        for at in start + 2..<start + 6 {
            guard let digit = hexadecimalDigit(at) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private func hexadecimalDigit(_ at: Int) -> UInt16? {
        let byte = unsafeLoad(fromUncheckedByteOffset: at, as: UInt8.self)
        return Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt16.init)
    }
}
