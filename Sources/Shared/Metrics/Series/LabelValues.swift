/// The label values of one series, given in the order in which the family declares its labels.
///
/// They may be any bytes; what they become is the text that stands between the braces. An empty value leaves its label
/// out, since to Prometheus both are the same series.
public struct LabelValues: Sendable {
    private let heads: [[UInt8]]
    private(set) var text: [UInt8] = []
    private var next = 0

    init(_ names: [LabelName]) {
        heads = names.map { Array(($0.text + "=\"").utf8) }
    }

    public mutating func append(_ value: Span<UInt8>) {
        precondition(next < heads.count, "more label values than declared labels")
        LabelText.append(heads[next], value, to: &text)
        next += 1
    }

    public mutating func append(_ value: String) {
        append(value.utf8.span)
    }

    var isComplete: Bool { next == heads.count }

    mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        next = 0
    }
}
