import SimulatedCluster

extension JSONWriter {
    /// Escapes what has been appended since `start` as json-c does: `/` too, and bytes that are no UTF-8 stay as they are.
    mutating func escape(from start: Int) {
        guard let first = firstToEscape(from: start) else { return }
        let tail = Array(bytes[first...])
        bytes.removeLast(tail.count)
        for byte in tail {
            if Self.mustEscape(byte) { appendEscaped(byte) } else { bytes.append(byte) }
        }
    }

    private func firstToEscape(from start: Int) -> Int? {
        let text = bytes.span
        for index in start..<text.count where Self.mustEscape(text[index]) { return index }
        return nil
    }

    @inline(__always)
    private static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/")
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case 0x08: bytes.append(ascii: "\\b")
        case 0x09: bytes.append(ascii: "\\t")
        case 0x0A: bytes.append(ascii: "\\n")
        case 0x0C: bytes.append(ascii: "\\f")
        case 0x0D: bytes.append(ascii: "\\r")
        case 0..<0x20:
            bytes.append(ascii: byte < 0x10 ? "\\u000" : "\\u001")
            bytes.append(contentsOf: String(byte & 0xF, radix: 16).utf8)
        default:
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        }
    }
}
