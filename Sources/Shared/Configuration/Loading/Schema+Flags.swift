import YAML

extension Schema {
    /// Every setting that fits on a line has a flag, except secrets: all users of a host see its command lines.
    public var flags: [Flag] {
        declarations.compactMap { declaration in
            let names = flagNames(declaration)
            guard !names.isEmpty, let type = declaration.type else { return nil }
            return Flag(
                names: names, isBoolean: type.form == .boolean, isRepeatable: type.form == .list || type.form == .map)
        }
    }

    func flagNames(_ declaration: Declaration<Root>) -> [String] {
        guard declaration.isTextual, let type = declaration.type else { return [] }
        guard !declaration.path.isEmpty, !type.isSecret else { return declaration.flags }
        let automatic = Flag.canonical(declaration.path.joined(separator: "."))
        return declaration.flags.filter { $0 != automatic } + [automatic]
    }

    func read(flags: [FlagOccurrence], into settings: inout Root, _ reading: inout Reading) {
        var values: [Int: [FlagOccurrence]] = [:]
        let indices = flagIndices
        for flag in flags {
            guard let index = indices[Flag.canonical(flag.name)] else {
                preconditionFailure("the flag \(flag.name) is not of this schema")
            }
            values[index, default: []].append(flag)
        }
        var setters: [SettingIdentity: String] = [:]
        for (index, given) in values.sorted(by: { $0.key < $1.key }) {
            if let other = declarations[index].target.flatMap({ setters.updateValue(given[0].name, forKey: $0) }) {
                reading.source = .flag(given[0].name)
                reading.path = SettingPath(declarations[index].path)
                reading.reject(.start, "--\(other) and --\(given[0].name) set the same: keep one of them")
                continue
            }
            read(given, declarations[index], into: &settings, &reading)
        }
        reading.path = SettingPath()
    }

    private var flagIndices: [String: Int] {
        var indices: [String: Int] = [:]
        for (index, declaration) in declarations.enumerated() {
            for name in flagNames(declaration) { indices[Flag.canonical(name)] = index }
        }
        return indices
    }

    private func read(
        _ given: [FlagOccurrence], _ declaration: Declaration<Root>, into settings: inout Root, _ reading: inout Reading
    ) {
        let nodes = given.map { YAML.Node(.scalar(YAML.Scalar($0.value, .quoted))) }
        let isRepeatable = declaration.type?.form == .list || declaration.type?.form == .map
        reading.source = .flag(given.last!.name)
        reading.path = SettingPath(declaration.path)
        if given.count > 1, !isRepeatable {
            return reading.reject(.start, "is given \(given.count) times: give it once")
        }
        set(declaration, to: given.count == 1 ? nodes[0] : YAML.Node(.sequence(nodes)), in: &settings, &reading)
    }
}
