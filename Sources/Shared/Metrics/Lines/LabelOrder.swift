/// Which label may come next.
struct LabelOrder {
    private var declared: ArraySlice<LabelName>?
    private let own: String?
    private var last = ""

    init(_ family: MetricFamily) {
        own = family.type.ownLabel(in: family.name)
        switch family.labels {
        case .declared(let names): declared = names[...]
        case .open: declared = nil
        }
    }

    mutating func accepts(_ name: Span<UInt8>) -> Bool {
        if declared != nil {
            while let next = declared?.popFirst() {
                if name.equals(next.text.utf8.span) { return true }
            }
            return false
        }
        guard last.utf8.span.precedes(name), let text = try? LabelName(validating: LabelText.unescaped(name)).text
        else {
            return false
        }
        last = text
        return text != own
    }
}
