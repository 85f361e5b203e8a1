extension Schema {
    /// JSON Schema for editors: draft 7, which every version of the YAML language server understands.
    public func jsonSchema(title: String) -> String {
        let head = [
            ("$schema", JSON.string("http://json-schema.org/draft-07/schema#")), ("title", JSON.string(title)),
        ]
        return jsonSection.with(head).indented() + "\n"
    }

    var jsonSection: JSON { json(tree, at: []) }

    private func json(_ tree: SchemaTree, at path: [String]) -> JSON {
        let properties = tree.names.map { name in
            switch tree.children[name]! {
            case .section(let section): (name, json(section, at: path + [name]))
            case .declaration(let index): (name, json(declarations[index]))
            }
        }
        var entries: [(String, JSON)] = [("type", .strings(["object", "null"]))]
        if let help = sectionHelp(path) { entries.append(("description", .string(help))) }
        entries += [("additionalProperties", .boolean(false)), ("properties", .object(properties))]
        let required = tree.names.filter { isRequiredInFile($0, of: tree) }
        if !required.isEmpty { entries.append(("required", .strings(required))) }
        return .object(entries)
    }

    /// Whether the key itself has to be there: nothing else can give its value.
    private func isRequiredInFile(_ name: String, of tree: SchemaTree) -> Bool {
        guard case .declaration(let index)? = tree.children[name], declarations[index].isRequired else { return false }
        let names = declarations.count { $0.target == declarations[index].target }
        return names == 1 && environmentPrefix == nil
    }

    private func json(_ declaration: Declaration<Root>) -> JSON {
        let schema = declaration.type?.schema() ?? .object([])
        switch declaration.verdict {
        case .works:
            let standard = declaration.access?.write(initial)?.json.map { [("default", $0)] } ?? []
            return schema.with([("description", .string(declaration.help))] + standard)
        case .alias:
            let target = declarations[target(of: declaration)!]
            let text = JSON.string("Another name of \(SettingPath(target.path)).")
            return ((declaration.type ?? target.type)?.schema() ?? .object([])).with([("description", text)])
        case .ignored(let why):
            let text = JSON.string("Has no effect: \(why).")
            return schema.with([("description", text), ("deprecationMessage", text)])
        case .refused(let why): return .object([("description", .string("Refused: \(why).")), ("not", .object([]))])
        }
    }
}
