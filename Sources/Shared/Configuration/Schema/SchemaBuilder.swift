/// Any number of declarations, to be put into a schema or a section.
public struct SchemaPart<Root: Sendable>: Sendable {
    var declarations: [Declaration<Root>] = []
    var sections: [SectionHelp] = []
    var checks: [Check<Root>] = []

    static func + (left: SchemaPart, right: SchemaPart) -> SchemaPart {
        SchemaPart(
            declarations: left.declarations + right.declarations, sections: left.sections + right.sections,
            checks: left.checks + right.checks)
    }

    /// The same declarations under a key.
    func under(_ key: String) -> SchemaPart {
        var part = self
        for index in declarations.indices where !declarations[index].path.isEmpty {
            part.declarations[index].path.insert(key, at: 0)
        }
        for index in sections.indices { part.sections[index].path.insert(key, at: 0) }
        return part
    }

    /// The same declarations for settings that hold these ones.
    func scoped<Outer>(by path: any WritableKeyPath<Outer, Root> & Sendable) -> SchemaPart<Outer> {
        SchemaPart<Outer>(
            declarations: declarations.map { inner in
                Declaration<Outer>(
                    path: inner.path, help: inner.help, verdict: inner.verdict, type: inner.type,
                    target: inner.target?.scoped(by: path), environment: inner.environment, flags: inner.flags,
                    isRequired: inner.isRequired, access: inner.access?.scoped(by: path))
            }, sections: sections, checks: checks.map { $0.scoped(by: path) })
    }
}

@resultBuilder
public enum SchemaBuilder<Root: Sendable> {
    public static func buildExpression(_ setting: Setting<Root>) -> SchemaPart<Root> { setting.part }
    public static func buildExpression(_ section: Section<Root>) -> SchemaPart<Root> { section.part }
    public static func buildExpression(_ alias: Alias<Root>) -> SchemaPart<Root> { alias.part }
    public static func buildExpression(_ ignored: Ignored<Root>) -> SchemaPart<Root> { ignored.part }
    public static func buildExpression(_ refused: Refused<Root>) -> SchemaPart<Root> { refused.part }
    public static func buildExpression(_ option: Option<Root>) -> SchemaPart<Root> { option.part }
    public static func buildExpression(_ check: Check<Root>) -> SchemaPart<Root> { SchemaPart(checks: [check]) }
    public static func buildExpression(_ part: SchemaPart<Root>) -> SchemaPart<Root> { part }
    public static func buildBlock(_ parts: SchemaPart<Root>...) -> SchemaPart<Root> { buildArray(parts) }
    public static func buildOptional(_ part: SchemaPart<Root>?) -> SchemaPart<Root> { part ?? SchemaPart() }
    public static func buildEither(first part: SchemaPart<Root>) -> SchemaPart<Root> { part }
    public static func buildEither(second part: SchemaPart<Root>) -> SchemaPart<Root> { part }
    public static func buildArray(_ parts: [SchemaPart<Root>]) -> SchemaPart<Root> { parts.reduce(SchemaPart(), +) }
}
