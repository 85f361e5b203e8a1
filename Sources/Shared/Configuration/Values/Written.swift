import YAML

/// A value as a file would hold it.
enum Written: Sendable {
    /// A number or a boolean, spelled the same in YAML and JSON.
    case literal(String)
    case text(String)
    /// Held for comparison, and never shown.
    case secret(Secret)
    case list([Written])
    case map([(key: String, value: Written)])

    /// On one line.
    var flow: String {
        switch self {
        case .literal(let text): text
        case .text(let text): Written.quoted(text)
        case .secret: Secret.placeholder
        case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
        case .map(let entries):
            "{" + entries.map { "\(Written.quoted($0.key)): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }

    /// For tables and help: text as it is, without quotes.
    var plain: String {
        switch self {
        case .text(let text): text
        case .list(let items): items.isEmpty ? "none" : items.map(\.plain).joined(separator: ", ")
        case .map(let entries) where entries.isEmpty: "none"
        case .literal, .secret, .map: flow
        }
    }

    var json: JSON? {
        switch self {
        case .literal(let text): .literal(text)
        case .text(let text): .string(text)
        case .secret: nil
        case .list(let items): .array(items.compactMap(\.json))
        case .map(let entries):
            .object(entries.compactMap { entry in entry.value.json.map { (entry.key, $0) } })
        }
    }

    /// Text that YAML reads as this text, and that refers to no variable.
    static func quoted(_ text: String) -> String {
        isPlain(text) ? text : JSON.string(References.escape(text)).description
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, Shown.isWord(first), first != UInt8(ascii: "-") else { return false }
        return !["null", "Null", "NULL"].contains(text) && text.utf8.last != UInt8(ascii: ":")
            && text.utf8.allSatisfy { Shown.isWord($0) || "./:+@".utf8.contains($0) }
    }
}

extension Written: Equatable {
    static func == (left: Written, right: Written) -> Bool {
        switch (left, right) {
        case (.literal(let left), .literal(let right)), (.text(let left), .text(let right)): left == right
        case (.secret(let left), .secret(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left.elementsEqual(right) { $0 == $1 }
        case (.literal, _), (.text, _), (.secret, _), (.list, _), (.map, _): false
        }
    }
}

extension String {
    /// As a value of a configuration file that is this text and nothing else, whatever it contains.
    public var asConfigured: String { Written.quoted(self) }
}
