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
        var cursor = LabelCursor()
        while let label = cursor.next(in: text) {
            let name = LabelName(stringLiteral: unescaped(text.extracting(label.name)))
            labels.append(SeriesLabel(name, unescaped(text.extracting(label.value))))
        }
        return labels
    }
}
