/// The entries of one mapping while they are collected: finds keys that come twice, and merges `<<`.
struct Entries {
    private var own: [YAML.Entry] = []
    private var places: [String: Int] = [:]
    private var bases: [YAML.Entry] = []

    /// An unquoted `<<` takes over the entries of another mapping, or of a list of mappings of which the first one wins;
    /// the mapping's own entries win over all of them.
    mutating func add(_ key: YAML.Scalar, _ position: YAML.Position, _ value: YAML.Node) throws(YAML.Problem) {
        if key.style == .plain, key.text == "<<" { return try merge(value, at: position) }
        guard places[key.text] == nil else {
            let line = own[places[key.text]!].keyPosition.line
            throw YAML.Problem(
                .duplicateKey, at: position,
                "the key \(Shown.quoted(key.text)) is already at line \(line): keep one of the two")
        }
        places[key.text] = own.count
        own.append(YAML.Entry(key.text, at: position, value))
    }

    /// What was merged comes after the mapping's own entries.
    var merged: [YAML.Entry] {
        var result = own
        var seen = Set(places.keys)
        for entry in bases where seen.insert(entry.key).inserted { result.append(entry) }
        return result
    }

    private mutating func merge(_ value: YAML.Node, at position: YAML.Position) throws(YAML.Problem) {
        switch value.content {
        case .mapping(let entries): bases += entries
        case .sequence(let nodes):
            for node in nodes {
                guard case .mapping(let entries) = node.content else { throw unmergeable(position) }
                bases += entries
            }
        case .scalar: throw unmergeable(position)
        }
    }

    private func unmergeable(_ position: YAML.Position) -> YAML.Problem {
        YAML.Problem(
            .unsupported, at: position, "<< takes a section or a list of sections, usually an alias such as *name")
    }
}
