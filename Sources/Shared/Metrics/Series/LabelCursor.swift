/// Walks the labels of a label text.
struct LabelCursor {
    private var place = 0

    /// - Returns: where in the text the next label's name and value stand, the value as it is escaped there.
    mutating func next(in text: Span<UInt8>) -> (name: Range<Int>, value: Range<Int>)? {
        guard place < text.count else { return nil }
        let name = place
        while text[place] != UInt8(ascii: "=") { place += 1 }
        let value = place + 2
        place = value
        while text[place] != UInt8(ascii: "\"") { place += text[place] == UInt8(ascii: "\\") ? 2 : 1 }
        let end = place
        // Past the quote and, where another label follows, the comma.
        place += 2
        return (name..<value - 2, value..<end)
    }
}

extension LabelText {
    /// What a value means that stands escaped in a label text.
    static func unescaped(_ value: Span<UInt8>) -> String {
        guard (value.indices.contains { value[$0] == UInt8(ascii: "\\") }) else {
            return value.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
        var bytes: [UInt8] = []
        var isEscaped = false
        for index in value.indices {
            if !isEscaped && value[index] == UInt8(ascii: "\\") {
                isEscaped = true
            } else {
                bytes.append(isEscaped && value[index] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : value[index])
                isEscaped = false
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
