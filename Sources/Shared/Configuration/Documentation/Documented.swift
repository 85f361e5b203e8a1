/// What the documentation says of one key, with its type forgotten.
struct Documented: Sendable {
    /// `clusters[].base_url`; empty for what has no key.
    var path: String
    var section: [String]
    var help: String
    var verdict: Verdict
    /// The key that works, for another name of it.
    var target: String?
    var type: TypeDescription?
    var standard: String?
    var isRequired: Bool
    var environment: [String]
    var flags: [String]

    /// Without variables and flags.
    var withoutShortcuts: Documented {
        var result = self
        result.environment = []
        result.flags = []
        return result
    }

    /// As a key of the items of a list or a map.
    func inside(_ suffix: String) -> Documented {
        var result = self
        result.path = suffix + (path.hasPrefix("[") || path.hasPrefix(".") ? "" : ".") + path
        result.target = target.map { suffix + "." + $0 }
        return result
    }
}

extension Schema {
    var documented: [Documented] {
        zip(declarations, environmentNames).flatMap { declaration, environment -> [Documented] in
            let target = target(of: declaration).map { declarations[$0] }
            let row = Documented(
                path: SettingPath(declaration.path).description, section: declaration.path.dropLast(),
                help: declaration.help, verdict: declaration.verdict,
                target: declaration.verdict.isWorking ? nil : target.map { SettingPath($0.path).description },
                type: declaration.type ?? target?.type,
                standard: declaration.verdict.isWorking ? declaration.access?.write(initial)?.plain : nil,
                isRequired: declaration.isRequired, environment: environment, flags: flagNames(declaration))
            return [row] + rows(of: declaration, row)
        }
    }

    /// The keys of the sections inside a list or a map.
    private func rows(of declaration: Declaration<Root>, _ row: Documented) -> [Documented] {
        (declaration.type?.fields ?? []).map { field in
            var field = field
            field.path = row.path + field.path
            field.target = field.target.map { row.path + $0 }
            field.section = declaration.path
            return field
        }
    }

    func sectionHelp(_ path: [String]) -> String? {
        sections.first { $0.path == path }?.help
    }
}
