import YAML

extension ValueType {
    /// A list, or its items on one line with commas between them; an item that contains a comma needs the list.
    public static func list<Item>(of item: ValueType<Item>) -> ValueType<[Item]> where Value == [Item] {
        let description = TypeDescription.list(of: item.description)
        return ValueType<[Item]>(description: description) { node, _, reading in
            guard let nodes = items(of: node, description, &reading) else { return nil }
            reading.forgetItems()
            let values = nodes.enumerated().map { index, node in
                reading.within(.index(index)) { item.read(node, nil, &$0) }
            }
            return values.contains { $0 == nil } ? nil : values.map { $0! }
        } write: {
            .list($0.map(item.write))
        }
    }

    private static func items(
        of node: YAML.Node, _ type: TypeDescription, _ reading: inout Reading
    ) -> [YAML.Node]? {
        switch node.content {
        case .sequence(let nodes) where reading.source.isFile: return nodes
        // A flag that is given several times.
        case .sequence(let nodes): return nodes.flatMap { items(of: $0, type, &reading) ?? [] }
        case .mapping: return reading.mismatch(node, found: "a section", type)
        case .scalar where !type.isTextual: return reading.mismatch(node, found: "text", type)
        case .scalar:
            let text = reading.text(of: node, as: type)
            return text.map { $0.isEmpty ? [] : YAML.Node.parts(of: $0, at: node.position) }
        }
    }

    /// Keys with a value each, over those that hold without it. A flag or a variable has the form `key=value,key=value`.
    public static func map<Key, Item>(
        of item: ValueType<Item>, keys: ValueType<Key>
    ) -> ValueType<[Key: Item]> where Value == [Key: Item] {
        let description = TypeDescription.map(of: item.description, keys: keys.description)
        return ValueType<[Key: Item]>(description: description) { node, current, reading in
            guard let entries = entries(of: node, description, &reading) else { return nil }
            var result = current ?? [:]
            for entry in entries {
                reading.within(.key(entry.key)) { reading in
                    let text = YAML.Node(.scalar(YAML.Scalar(entry.key, .quoted)), at: entry.keyPosition)
                    guard let key = keys.read(text, nil, &reading) else { return }
                    reading.note(entry.keyPosition)
                    result[key] = item.read(entry.value, result[key], &reading)
                }
            }
            return result
        } write: { values in
            let entries = values.map { (key: keys.write($0.key).plain, value: item.write($0.value)) }
            return .map(entries.sorted { $0.key < $1.key })
        }
    }

    public static func map<Item>(of item: ValueType<Item>) -> ValueType<[String: Item]> where Value == [String: Item] {
        map(of: item, keys: .string)
    }

    private static func entries(
        of node: YAML.Node, _ type: TypeDescription, _ reading: inout Reading
    ) -> [YAML.Entry]? {
        switch node.content {
        case .mapping(let entries): return entries
        case .scalar where !reading.source.isFile: return YAML.Entry.pairs(in: [node], type, &reading)
        case .sequence(let nodes) where !reading.source.isFile: return YAML.Entry.pairs(in: nodes, type, &reading)
        case .scalar(let scalar):
            return reading.mismatch(node, found: scalar.isNull ? "empty" : "text", type)
        case .sequence: return reading.mismatch(node, found: "a list", type)
        }
    }
}

extension YAML.Node {
    /// The items of a list on one line, each with its own column.
    fileprivate static func parts(of text: String, at position: YAML.Position) -> [YAML.Node] {
        text.split(separator: ",", omittingEmptySubsequences: false).map {
            YAML.Node(.scalar(YAML.Scalar($0.trimmed, .quoted)), at: position)
        }
    }
}

extension YAML.Entry {
    fileprivate static func pairs(
        in nodes: [YAML.Node], _ type: TypeDescription, _ reading: inout Reading
    ) -> [YAML.Entry]? {
        var entries: [YAML.Entry] = []
        for node in nodes {
            guard let text = reading.text(of: node, as: type) else { return nil }
            for pair in text.split(separator: ",") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else {
                    let shown = type.isSecret ? Secret.placeholder : Shown.quoted(pair.trimmed)
                    reading.reject(node.position, "\(shown) is no pair: write key=value,key=value")
                    return nil
                }
                let value = YAML.Node(.scalar(YAML.Scalar(parts[1].trimmed, .quoted)), at: node.position)
                entries.append(YAML.Entry(parts[0].trimmed, at: node.position, value))
            }
        }
        return entries
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.prefix(start.reversed().drop { $0 == " " }.count))
    }
}

extension TypeDescription {
    fileprivate static func list(of item: TypeDescription) -> TypeDescription {
        var description = TypeDescription("list of \(item.name)", allowed: "a list, each item \(item.allowed)") {
            let list = JSON.object([("type", .string("array")), ("items", item.schema())])
            return item.isTextual ? .any([list, .text(pattern: nil)]) : list
        }
        description.form = .list
        description.isSecret = item.isSecret
        description.isTextual = item.isTextual
        description.fields = item.fields.map { $0.inside("[]") }
        return description
    }

    fileprivate static func map(of item: TypeDescription, keys: TypeDescription) -> TypeDescription {
        let allowed = "keys with a value each, such as key: value, each value \(item.allowed)"
        var description = TypeDescription("map of \(item.name)", allowed: allowed) {
            .object([
                ("type", .strings(["object"])), ("propertyNames", keys.schema()),
                ("additionalProperties", item.schema()),
            ])
        }
        description.form = .map
        description.isSecret = item.isSecret
        description.isTextual = item.isTextual
        description.fields = item.fields.map { $0.inside(".<\(keys.name)>") }
        return description
    }
}
