import Configuration
import YAML

/// Finds secrets that stand in a file themselves, and not where to look them up.
struct WrittenSecrets {
    let file: ConfigurationFile

    var complaints: [Diagnostic] {
        guard let node = try? YAML.parse(file.bytes) else { return [] }
        return complaints(about: node, at: "")
    }

    private static let keys: Set = ["token", "tokens", "password", "api_key"]

    private func complaints(about node: YAML.Node, at path: String) -> [Diagnostic] {
        switch node.content {
        case .scalar: []
        case .sequence(let items):
            items.enumerated().flatMap { complaints(about: $1, at: "\(path)[\($0)]") }
        case .mapping(let entries):
            entries.flatMap { complaints(about: $0, at: path.isEmpty ? $0.key : "\(path).\($0.key)") }
        }
    }

    private func complaints(about entry: YAML.Entry, at path: String) -> [Diagnostic] {
        guard Self.keys.contains(entry.key), entry.value.texts.contains(where: { !$0.isReference }) else {
            return complaints(about: entry.value, at: path)
        }
        let (line, column) = (entry.keyPosition.line, entry.keyPosition.column)
        return [
            Diagnostic(
                at: .file(name: file.name, line: line, column: column), path,
                "is the secret itself, which would be in the plan: write file:/path or ${VARIABLE}")
        ]
    }
}

extension YAML.Node {
    /// Of the value, or of the items of a list.
    fileprivate var texts: [String] {
        switch content {
        case .scalar(let scalar): scalar.isNull ? [] : [scalar.text]
        case .sequence(let items): items.flatMap(\.texts)
        case .mapping: []
        }
    }
}

extension String {
    fileprivate var isReference: Bool { hasPrefix("file:") || hasPrefix("${") && hasSuffix("}") }
}
