/// A key that works.
public struct Setting<Root: Sendable>: Sendable {
    let part: SchemaPart<Root>

    /// - Parameters:
    ///   - help: one sentence or more.
    ///   - required: an error if no source gives it.
    ///   - environment: a variable besides the one that follows from prefix and key path.
    ///   - flag: a flag besides the one that follows from the key path, without dashes.
    public init<Value>(
        _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ type: ValueType<Value>, _ help: String,
        required: Bool = false, environment: String? = nil, flag: String? = nil
    ) {
        part = SchemaPart(declarations: [
            Declaration(
                path: [key], help: help, verdict: .works, type: type.description, target: SettingIdentity(path),
                environment: environment.map { [$0] } ?? [], flags: flag.map { [$0] } ?? [], isRequired: required,
                access: Access(path, type))
        ])
    }

    /// - Parameter unset: the word for having no value, such as `unlimited`; it can be written, too.
    public init<Value>(
        _ key: String, _ path: any WritableKeyPath<Root, Value?> & Sendable, _ type: ValueType<Value>, _ help: String,
        unset: String = "unset", required: Bool = false, environment: String? = nil, flag: String? = nil
    ) {
        self.init(
            key, path, type.optional(unset), help, required: required, environment: environment, flag: flag)
    }
}

/// Keys under a common one. Sections of the same name are one section.
public struct Section<Root: Sendable>: Sendable {
    let part: SchemaPart<Root>

    public init(_ key: String, _ help: String = "", @SchemaBuilder<Root> _ content: () -> SchemaPart<Root>) {
        part = Section.part(key, help, content())
    }

    /// The content is declared in terms of the part of the settings that the key path leads to.
    public init<Inner>(
        _ key: String, _ path: any WritableKeyPath<Root, Inner> & Sendable, _ help: String = "",
        @SchemaBuilder<Inner> _ content: () -> SchemaPart<Inner>
    ) {
        part = Section.part(key, help, content().scoped(by: path))
    }

    private static func part(_ key: String, _ help: String, _ content: SchemaPart<Root>) -> SchemaPart<Root> {
        let heading: SchemaPart<Root> =
            help.isEmpty ? SchemaPart() : SchemaPart(sections: [SectionHelp(path: [], help: help)])
        return (heading + content).under(key)
    }
}

/// Another name of a key that works.
public struct Alias<Root: Sendable>: Sendable {
    let part: SchemaPart<Root>

    public init(_ key: String, of path: any PartialKeyPath<Root> & Sendable) {
        part = SchemaPart(declarations: [
            Declaration(path: [key], help: "", verdict: .alias, target: SettingIdentity(path))
        ])
    }

    /// A name under which the same is written in a form of its own, and which variables and flags know, too.
    public init<Value>(
        _ key: String, of path: any WritableKeyPath<Root, Value?> & Sendable, as type: ValueType<Value>, _ help: String,
        environment: String? = nil
    ) {
        let type = type.optional("unset")
        part = SchemaPart(declarations: [
            Declaration(
                path: [key], help: help, verdict: .alias, type: type.description, target: SettingIdentity(path),
                environment: environment.map { [$0] } ?? [], access: Access(path, type))
        ])
    }
}

/// A key that is accepted with a warning, because there is nothing here that it could govern.
public struct Ignored<Root: Sendable>: Sendable {
    let part: SchemaPart<Root>

    /// - Parameters:
    ///   - type: what it is checked against, all the same.
    ///   - why: reads on after "has no effect:".
    ///   - instead: reads on after "use".
    ///   - environment: a variable that gets the same warning.
    public init<Value>(
        _ key: String, _ type: ValueType<Value>, why: String, instead: String? = nil, environment: String? = nil
    ) {
        let why = why + (instead.map { "; use \($0)" } ?? "")
        part = SchemaPart(declarations: [
            Declaration(
                path: [key], help: "", verdict: .ignored(why: why), type: type.description,
                environment: environment.map { [$0] } ?? [], access: Access(checking: type))
        ])
    }

    /// A variable without a key.
    public init(environment: String, why: String, instead: String? = nil) {
        let why = why + (instead.map { "; use \($0)" } ?? "")
        part = SchemaPart(declarations: [
            Declaration(path: [], help: "", verdict: .ignored(why: why), environment: [environment])
        ])
    }
}

/// A key that is an error, because obeying it would be wrong.
public struct Refused<Root: Sendable>: Sendable {
    let part: SchemaPart<Root>

    /// - Parameter why: reads on after "is refused:".
    public init(_ key: String, why: String) {
        part = SchemaPart(declarations: [Declaration(path: [key], help: "", verdict: .refused(why: why))])
    }
}

/// What can only be said on the command line.
public struct Option<Root: Sendable>: Sendable {
    let part: SchemaPart<Root>

    public init<Value>(
        _ flag: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ type: ValueType<Value>, _ help: String
    ) {
        part = SchemaPart(declarations: [
            Declaration(
                path: [], help: help, verdict: .works, type: type.description, target: SettingIdentity(path),
                flags: [flag], access: Access(path, type))
        ])
    }
}

/// A condition over the finished settings, looked at when all values are good by themselves.
public struct Check<Root: Sendable>: Sendable {
    let target: SettingIdentity
    let severity: Diagnostic.Severity
    let complaint: @Sendable (Root, Origins) -> String?

    /// - Parameters:
    ///   - path: the setting at which the complaint is shown.
    ///   - severity: settings with a warning hold.
    ///   - complaint: nothing where all is good.
    public init(
        _ path: any PartialKeyPath<Root> & Sendable, severity: Diagnostic.Severity = .error,
        _ complaint: @escaping @Sendable (Root) -> String?
    ) {
        self.init(SettingIdentity(path), severity) { settings, _ in complaint(settings) }
    }

    /// - Parameter complaint: is told too where the values come from.
    public init(
        _ path: any PartialKeyPath<Root> & Sendable,
        withOrigins complaint: @escaping @Sendable (Root, Origins) -> String?
    ) {
        self.init(SettingIdentity(path), .error, complaint)
    }

    private init(
        _ target: SettingIdentity, _ severity: Diagnostic.Severity,
        _ complaint: @escaping @Sendable (Root, Origins) -> String?
    ) {
        self.target = target
        self.severity = severity
        self.complaint = complaint
    }

    func scoped<Outer>(by path: any WritableKeyPath<Outer, Root> & Sendable) -> Check<Outer> {
        Check<Outer>(target.scoped(by: path), severity) { [complaint] in complaint($0[keyPath: path], $1) }
    }
}
