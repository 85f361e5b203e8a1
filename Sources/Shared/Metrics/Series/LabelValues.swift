/// The label values of one series, given in the order in which the family declares its labels.
///
/// They may be any bytes; what they become is the text that stands between the braces. Invalid UTF-8 is replaced by
/// U+FFFD, since one such byte fails a whole scrape. An empty value leaves its label out, since to Prometheus both are
/// the same series.
public struct LabelValues: Sendable {
    /// Label by label `,name="`; the first label of a series goes without the comma.
    private let heads: [UInt8]
    private let headEnds: [Int]
    private(set) var text: [UInt8] = []
    private var next = 0

    init(_ names: [LabelName]) {
        let parts = names.map { Array(",\($0)=\"".utf8) }
        heads = parts.flatMap(\.self)
        headEnds = parts.reduce(into: []) { ends, part in ends.append((ends.last ?? 0) + part.count) }
    }

    public mutating func append(_ value: String) {
        append(valid: value.utf8.span)
    }

    public mutating func append(_ value: Span<UInt8>) {
        if value.isPlain || value.isValidUTF8 { return append(valid: value) }
        append(value.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
    }

    private mutating func append(valid value: Span<UInt8>) {
        precondition(next < headEnds.count, "more label values than declared labels")
        let head = (next == 0 ? 0 : headEnds[next - 1])..<headEnds[next]
        next += 1
        LabelText.append(heads, head, value, to: &text)
    }

    var isComplete: Bool { next == headEnds.count }

    mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        next = 0
    }
}
