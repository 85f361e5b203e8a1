/// The declared keys as they are nested.
struct SchemaTree: Sendable {
    enum Child: Sendable {
        case section(SchemaTree)
        case declaration(Int)
    }

    private(set) var names: [String] = []
    private(set) var children: [String: Child] = [:]

    /// - Parameter paths: of the declarations, in their order; empty ones have no key.
    init(_ paths: [[String]]) {
        for (index, path) in paths.enumerated() where !path.isEmpty { insert(path[...], index) }
    }

    private mutating func insert(_ path: ArraySlice<String>, _ index: Int) {
        let name = path.first!
        if children[name] == nil { names.append(name) }
        if path.count == 1 {
            precondition(children[name] == nil, "the key \(name) is declared twice")
            children[name] = .declaration(index)
            return
        }
        var section = SchemaTree([])
        if let child = children[name] {
            guard case .section(let known) = child else { preconditionFailure("\(name) is a setting and a section") }
            section = known
        }
        section.insert(path.dropFirst(), index)
        children[name] = .section(section)
    }

    /// The sections that have a key of this name, with their paths.
    func sections(with name: String, at path: [String] = []) -> [[String]] {
        names.flatMap { key -> [[String]] in
            if key == name { return [path] }
            guard case .section(let section)? = children[key] else { return [] }
            return section.sections(with: name, at: path + [key])
        }
    }
}
