/// Percent-encoding of the parts of a URL (RFC 3986 §2.1).
public enum PercentEncoding {
    /// Leaves letters, digits and `-._~`, so that the result can stand in a path segment, a query's name or its value.
    public static func encode(_ text: String) -> String {
        guard !text.utf8.allSatisfy(isUnreserved) else { return text }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 3)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// What stands in that range of a URL.
    ///
    /// Text has to be UTF-8: names, labels and selectors all are, so that nobody behind this needs to ask again.
    static func decode(
        _ bytes: Span<UInt8>, at range: Range<Int>, plusIsSpace: Bool
    ) throws(RequestTargetError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            switch bytes[position] {
            case .percent:
                decoded.append(try escapedByte(bytes, at: position..<range.upperBound))
                position += 3
            case .plus where plusIsSpace:
                decoded.append(UInt8(ascii: " "))
                position += 1
            case let byte:
                decoded.append(byte)
                position += 1
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw .invalidUTF8(position: range.lowerBound)
        }
        return text
    }

    private static func escapedByte(
        _ bytes: Span<UInt8>, at range: Range<Int>
    ) throws(RequestTargetError) -> UInt8 {
        guard range.count >= 3, let high = bytes[range.lowerBound + 1].hexadecimalValue,
            let low = bytes[range.lowerBound + 2].hexadecimalValue
        else {
            let text = String(decoding: bytes.bytes(at: range.prefix(3)), as: UTF8.self)
            throw .invalidEscape(text, position: range.lowerBound)
        }
        return high << 4 | low
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
