/// Which escapes a text may have; any other backslash stands for itself.
enum Escapes {
    /// `\\`, `\n` and `\"`: label values, and HELP in OpenMetrics.
    case labelValue
    /// `\\` and `\n`: HELP in text.
    case help

    fileprivate func resolve(_ byte: UInt8) -> UInt8? {
        switch byte {
        case .backslash: .backslash
        case UInt8(ascii: "n"): .lineFeed
        case .quote where self == .labelValue: .quote
        default: nil
        }
    }
}

extension [UInt8] {
    /// - Returns: where in this array the resolved text is.
    mutating func append(_ range: Range<Int>, of bytes: Bytes, resolving escapes: Escapes) -> Range<Int> {
        let start = count
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            if byte == .backslash, index < range.upperBound, let resolved = escapes.resolve(bytes[index]) {
                append(resolved)
                index += 1
            } else {
                append(byte)
            }
        }
        return start..<count
    }
}

extension ByteSlice {
    /// - Parameter escapes: nil if there are none, and the text can stay where it is.
    init(_ range: Range<Int>, of bytes: Bytes, resolving escapes: Escapes?, scratch: inout [UInt8]) {
        if let escapes {
            self.init(scratch.append(range, of: bytes, resolving: escapes), in: .scratch)
        } else {
            self.init(range)
        }
    }
}
