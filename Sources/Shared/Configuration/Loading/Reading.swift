import YAML

/// The state of one pass over a source of settings: where it stands, and what it found.
struct Reading {
    enum Source {
        case file(String)
        case environment(String)
        case flag(String)

        var isFile: Bool {
            if case .file = self { true } else { false }
        }
    }

    var source: Source
    /// What `${NAME}` in a file refers to.
    let variables: [String: String]
    /// Whether processes of other hosts are to have what is read.
    let isForOtherHosts: Bool
    /// Whether there is a value that only another host can tell, so that nothing can be said of several taken together.
    private(set) var isUndecided = false
    var path = SettingPath()
    private var allowed: String?
    private var faulty: Set<String> = []
    private(set) var errors: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    private(set) var origins: [String: Origin] = [:]

    init(_ source: Source, variables: [String: String], isForOtherHosts: Bool = false) {
        self.source = source
        self.variables = variables
        self.isForOtherHosts = isForOtherHosts
    }

    func origin(_ position: YAML.Position) -> Origin {
        switch source {
        case .file(let name): .file(name: name, line: position.line, column: position.column)
        case .environment(let name): .environment(name)
        case .flag(let name): .flag(name)
        }
    }

    mutating func reject(_ position: YAML.Position, _ text: String) {
        reject(origin(position), text)
    }

    /// - Parameter type: says what to write instead.
    mutating func reject(_ position: YAML.Position, _ text: String, _ type: TypeDescription) {
        reject(position, "\(text): write \(allowed ?? type.allowed)")
    }

    /// Lets what is allowed for the whole value speak for the type that it is made from.
    mutating func allowing<Result>(_ allowed: String, _ body: (inout Reading) -> Result) -> Result {
        let outer = self.allowed
        self.allowed = outer ?? allowed
        defer { self.allowed = outer }
        return body(&self)
    }

    mutating func reject(_ origin: Origin, _ text: String) {
        let path = path.description
        faulty.insert(path)
        errors.append(Diagnostic(at: origin, path, text))
    }

    /// Notes why a value is not good, unless it may be on the host that it is for.
    mutating func reject(_ position: YAML.Position, _ text: String, _ type: TypeDescription?, _ rejection: Rejection) {
        if rejection.isOfThisHost, isForOtherHosts {
            isUndecided = true
            faulty.insert(path.description)
        } else if let type {
            reject(position, text, type)
        } else {
            reject(position, text)
        }
    }

    mutating func warn(_ position: YAML.Position, _ text: String) {
        warn(origin(position), text)
    }

    mutating func warn(_ origin: Origin, _ text: String) {
        warnings.append(Diagnostic(.warning, at: origin, path.description, text))
    }

    mutating func note(_ position: YAML.Position) {
        origins[path.description] = origin(position)
    }

    /// A list takes the place of an earlier one as a whole, so what is known of the earlier items goes.
    mutating func forgetItems() {
        guard !source.isFile else { return }
        let prefix = path.description + "["
        origins = origins.filter { !$0.key.hasPrefix(prefix) }
    }

    mutating func within<Result>(_ step: SettingPath.Step, _ body: (inout Reading) -> Result) -> Result {
        path.steps.append(step)
        let outer = allowed
        allowed = nil
        defer {
            path.steps.removeLast()
            allowed = outer
        }
        return body(&self)
    }

    /// Whether the value was given, but is not good.
    func hasError(at path: SettingPath) -> Bool {
        faulty.contains(path.description)
    }

    /// Suggestions cost time, so only those errors get one that will be shown.
    var canSuggest: Bool { errors.count < ConfigurationError.shown }
}

extension Reading {
    /// The text of a scalar with its references replaced, or nothing after the error is noted.
    mutating func text(of node: YAML.Node, as type: TypeDescription) -> String? {
        switch node.content {
        case .scalar(let scalar) where scalar.isNull:
            reject(node.position, "has no value", type)
            return nil
        case .scalar(let scalar): return expanded(scalar.text, at: node.position, isSecret: type.isSecret)
        case .sequence: return mismatch(node, found: "a list", type)
        case .mapping: return mismatch(node, found: "a section", type)
        }
    }

    mutating func mismatch<Result>(_ node: YAML.Node, found: String, _ type: TypeDescription) -> Result? {
        reject(node.position, "this is \(found)", type)
        return nil
    }

    private mutating func expanded(_ text: String, at position: YAML.Position, isSecret: Bool) -> String? {
        guard source.isFile else { return text }
        do throws(Rejection) {
            return try References.expand(text, variables)
        } catch {
            // A reference stands for any secret as well as the secret itself.
            if isSecret, error.isOfThisHost, isForOtherHosts { return text }
            reject(position, error.reason, nil, error)
            return nil
        }
    }
}
