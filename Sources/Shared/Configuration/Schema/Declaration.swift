import YAML

/// What became of a key that users write.
enum Verdict: Sendable {
    case works
    case alias
    /// Accepted with a warning.
    case ignored(why: String)
    /// An error, because obeying would be wrong.
    case refused(why: String)

    var isWorking: Bool {
        if case .works = self { true } else { false }
    }
}

/// One key, whatever the type of its value.
struct Declaration<Root: Sendable>: Sendable {
    /// Empty for what only the environment or the command line knows.
    var path: [String]
    var help: String
    var verdict: Verdict
    var type: TypeDescription?
    var target: SettingIdentity?
    var environment: [String] = []
    var flags: [String] = []
    var isRequired = false
    var access: Access<Root>?

    /// Whether a variable or a flag can set it.
    var isTextual: Bool { isOffered && type?.isTextual == true }

    /// Whether to name it to users: what works, and other names with a form of their own.
    var isOffered: Bool {
        switch verdict {
        case .works: true
        case .alias: access != nil
        case .ignored, .refused: false
        }
    }
}

/// Reads a value into settings, and writes it from there, with the type of the value forgotten.
struct Access<Root: Sendable>: Sendable {
    /// Says whether there was a value.
    var read: @Sendable (_ node: YAML.Node, _ settings: inout Root, _ reading: inout Reading) -> Bool
    var write: @Sendable (Root) -> Written?
}

extension Access {
    init<Value>(_ path: any WritableKeyPath<Root, Value> & Sendable, _ type: ValueType<Value>) {
        read = { node, settings, reading in
            guard let value = type.read(node, settings[keyPath: path], &reading) else { return false }
            settings[keyPath: path] = value
            return true
        }
        write = { type.write($0[keyPath: path]) }
    }

    /// Checks the syntax and forgets the value.
    init<Value>(checking type: ValueType<Value>) {
        read = { node, _, reading in type.read(node, nil, &reading) != nil }
        write = { _ in nil }
    }

    func scoped<Outer>(by path: any WritableKeyPath<Outer, Root> & Sendable) -> Access<Outer> {
        Access<Outer>(
            read: { [read] node, outer, reading in read(node, &outer[keyPath: path], &reading) },
            write: { [write] in write($0[keyPath: path]) })
    }
}

/// What a setting sets, comparable across types: how another name of a setting finds it.
///
/// Unchecked, because joining two sendable key paths drops the mark; key paths never change, and those here come from
/// literals without captures.
struct SettingIdentity: Hashable, @unchecked Sendable {
    private let path: AnyKeyPath

    init(_ path: AnyKeyPath) {
        self.path = path
    }

    func scoped(by outer: AnyKeyPath) -> SettingIdentity {
        SettingIdentity(outer.appending(path: path)!)
    }
}
