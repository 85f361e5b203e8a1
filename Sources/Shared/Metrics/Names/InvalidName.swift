/// A name that no scraper would take.
public struct InvalidName: Error, Hashable {
    public enum Kind: String, Sendable {
        case metric, label, prefix
    }

    public let kind: Kind
    public let text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

extension InvalidName: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .metric: "'\(text)' is no metric name: letters, digits, '_' and ':', no digit first"
        case .label: "'\(text)' is no label name: letters, digits and '_', no digit and no '__' first"
        case .prefix: "'\(text)' is no prefix of metric names: a metric name that ends in '_'"
        }
    }
}

enum NameGrammar {
    case metric, label

    func accepts(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
        return text.utf8.allSatisfy(accepts(byte:))
    }

    /// Anywhere but at the start.
    func accepts(byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        case UInt8(ascii: ":"): self == .metric
        default: false
        }
    }
}
