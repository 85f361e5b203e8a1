/// Everything there is to know about the settings of one program, or of one kind of section in it.
///
/// Declared once, setting by setting; the reader, `--help`, the reference page and the schema for editors come from here.
/// What a setting is by default stands in the initial value, where Swift wants it anyway.
///
///     let schema = Schema(ShardSettings(), environmentPrefix: "SLURM_EXPORTER") {
///         Section("web", "Where the shard listens.") {
///             Setting("listen", \.web.listen, .list(of: .listenAddress), "Addresses to listen on.")
///         }
///     }
public struct Schema<Root: Sendable>: Sendable {
    let initial: Root
    let environmentPrefix: String?
    let declarations: [Declaration<Root>]
    let sections: [SectionHelp]
    let checks: [Check<Root>]
    let tree: SchemaTree
    /// The declaration of each setting that works, by what it sets.
    let targets: [SettingIdentity: Int]

    /// - Parameter environmentPrefix: makes every setting that fits on a line readable from `PREFIX_KEY_PATH`.
    public init(
        _ initial: Root, environmentPrefix: String? = nil, @SchemaBuilder<Root> _ content: () -> SchemaPart<Root>
    ) {
        let part = content()
        self.initial = initial
        self.environmentPrefix = environmentPrefix
        declarations = part.declarations
        sections = part.sections
        checks = part.checks
        tree = SchemaTree(part.declarations.map(\.path))
        targets = Schema.targets(part.declarations)
        for declaration in declarations { _ = target(of: declaration) }
        for check in checks { precondition(targets[check.target] != nil, "a check is tied to no declared setting") }
    }

    /// The declaration of what a setting or another name of it sets.
    func target(of declaration: Declaration<Root>) -> Int? {
        guard let target = declaration.target else { return nil }
        guard let index = targets[target] else {
            preconditionFailure("\(SettingPath(declaration.path)) is another name of no declared setting")
        }
        return index
    }

    private static func targets(_ declarations: [Declaration<Root>]) -> [SettingIdentity: Int] {
        var targets: [SettingIdentity: Int] = [:]
        for (index, declaration) in declarations.enumerated() where declaration.verdict.isWorking {
            guard let target = declaration.target else { continue }
            precondition(targets[target] == nil, "two declarations set the same: \(SettingPath(declaration.path))")
            targets[target] = index
        }
        return targets
    }
}

struct SectionHelp: Sendable {
    var path: [String]
    var help: String
}
