import YAML

extension Schema {
    /// Reads the keys of a section with this schema, each value over the one that holds without it.
    func read(_ entries: [YAML.Entry], into settings: inout Root, _ reading: inout Reading) {
        var pass = FilePass(schema: self, settings: settings)
        pass.read(entries, tree, at: [], &reading)
        settings = pass.settings
    }
}

/// One walk through the sections of a file, beside the tree of what is declared.
private struct FilePass<Root: Sendable> {
    let schema: Schema<Root>
    var settings: Root
    /// The keys that have set each setting so far.
    private var given: [Int: (path: [String], line: Int)] = [:]

    init(schema: Schema<Root>, settings: Root) {
        self.schema = schema
        self.settings = settings
    }

    mutating func read(_ entries: [YAML.Entry], _ tree: SchemaTree, at path: [String], _ reading: inout Reading) {
        for entry in entries {
            let base = reading.path
            reading.path = base.appending([entry.key])
            switch tree.children[entry.key] {
            case nil: reject(unknown: entry, in: tree, at: path, &reading)
            case .section(let section): read(section: entry.value, section, at: path + [entry.key], &reading)
            case .declaration(let index): read(entry, schema.declarations[index], &reading)
            }
            reading.path = base
        }
    }

    private mutating func read(
        section node: YAML.Node, _ tree: SchemaTree, at path: [String], _ reading: inout Reading
    ) {
        switch node.content {
        case .mapping(let entries): read(entries, tree, at: path, &reading)
        // Every key in it is commented out.
        case .scalar(let scalar) where scalar.isNull: break
        case .scalar, .sequence:
            let keys = tree.names.filter { schema.isOffered(path + [$0]) }
            reading.reject(node.position, "this is a section: write it with keys such as \(Shown.list(keys, limit: 5))")
        }
    }

    private mutating func read(_ entry: YAML.Entry, _ declaration: Declaration<Root>, _ reading: inout Reading) {
        switch declaration.verdict {
        case .refused(let why): reading.reject(entry.keyPosition, "is refused: \(why)")
        case .ignored(let why):
            reading.warn(entry.keyPosition, "has no effect: \(why)")
            _ = declaration.access?.read(entry.value, &settings, &reading)
        case .works, .alias: assign(entry, declaration, &reading)
        }
    }

    private mutating func assign(_ entry: YAML.Entry, _ declaration: Declaration<Root>, _ reading: inout Reading) {
        guard let index = schema.target(of: declaration) else { return }
        let target = schema.declarations[index]
        if let first = given[index] {
            let (one, other) = (SettingPath(first.path), SettingPath(declaration.path))
            reading.reject(
                entry.keyPosition,
                "\(one) at line \(first.line) and \(other) are two names of one setting: keep \(SettingPath(target.path))"
            )
            return
        }
        given[index] = (declaration.path, entry.keyPosition.line)
        if (declaration.access ?? target.access)?.read(entry.value, &settings, &reading) == true {
            noteOrigin(of: target, declaration, entry.keyPosition, &reading)
        }
    }

    /// A value counts as that of the key that works, whichever name it was given by.
    private func noteOrigin(
        of target: Declaration<Root>, _ declaration: Declaration<Root>, _ position: YAML.Position,
        _ reading: inout Reading
    ) {
        let path = reading.path
        reading.path.steps.removeLast(declaration.path.count)
        reading.path = reading.path.appending(target.path)
        reading.note(position)
        reading.path = path
    }

    private func reject(unknown entry: YAML.Entry, in tree: SchemaTree, at path: [String], _ reading: inout Reading) {
        let advice = reading.canSuggest ? advice(on: entry.key, in: tree, at: path) : nil
        reading.reject(entry.keyPosition, "unknown key" + (advice.map { ": \($0)" } ?? ""))
    }

    private func advice(on key: String, in tree: SchemaTree, at path: [String]) -> String {
        let homes = schema.tree.sections(with: key).filter { $0 != path && schema.isOffered($0 + [key]) }
        if (1...3).contains(homes.count) {
            let places = homes.map { $0.isEmpty ? "the top level" : "\"\(SettingPath($0))\"" }
            return "\"\(SettingPath([key]))\" belongs under \(places.joined(separator: " or "))"
        }
        let names = tree.names.filter { schema.isOffered(path + [$0]) }
        if let near = Nearest.to(key, among: names) { return "did you mean \"\(near)\"?" }
        return "known here are \(Shown.list(names))"
    }
}

extension Schema {
    /// Whether to name a key to users: sections that hold only ignored and refused keys are known, but not offered.
    func isOffered(_ path: [String]) -> Bool {
        declarations.contains { $0.isOffered && $0.path.starts(with: path) }
    }
}
