/// Labels as text, `user="ann",account="physics"`: what a series is known by, and what is rendered.
///
/// Label names are unique in it, so different labels never make the same text.
enum LabelText {
    /// - Parameter head: where in `heads` the label's `,name="` is.
    static func append(_ heads: [UInt8], _ head: Range<Int>, _ value: Span<UInt8>, to text: inout [UInt8]) {
        guard !value.isEmpty else { return }
        let head = text.isEmpty ? head.dropFirst() : head
        text.append(addingCapacity: head.count + 2 * value.count + 1) { out in
            out.append(copying: heads.span.extracting(head))
            out.append(escaping: value)
            out.append(UInt8(ascii: "\""))
        }
    }

    static func append(_ name: String, _ value: String, to text: inout [UInt8]) {
        let head = Array(",\(name)=\"".utf8)
        append(head, head.indices, value.utf8.span, to: &text)
    }

    static func labels(in text: Span<UInt8>) -> [SeriesLabel] {
        var labels: [SeriesLabel] = []
        var place = 0
        while place < text.count {
            let name = string(in: text, from: &place, to: UInt8(ascii: "="))
            place += 1
            let value = string(in: text, from: &place, to: UInt8(ascii: "\""))
            place += 1
            labels.append(SeriesLabel(LabelName(stringLiteral: name), value))
        }
        return labels
    }

    /// Reads up to an unescaped `end` and steps over it.
    private static func string(in text: Span<UInt8>, from place: inout Int, to end: UInt8) -> String {
        var bytes: [UInt8] = []
        while text[place] != end {
            if text[place] == UInt8(ascii: "\\") {
                place += 1
                bytes.append(text[place] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[place])
            } else {
                bytes.append(text[place])
            }
            place += 1
        }
        place += 1
        return String(decoding: bytes, as: UTF8.self)
    }
}
