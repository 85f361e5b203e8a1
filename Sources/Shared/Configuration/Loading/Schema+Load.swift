import YAML

/// A configuration file that has been read, but not understood.
public struct ConfigurationFile: Sendable {
    /// As messages show it.
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The largest file that is read.
    public static let limit = YAML.Limits().bytes

    public init(path: String) throws(ConfigurationError) {
        name = path
        do throws(Rejection) {
            bytes = try BoundedFile(path, limit: ConfigurationFile.limit).bytes
        } catch {
            let problem = Diagnostic(at: .standard, "", error.reason)
            throw ConfigurationError([problem])
        }
    }
}

/// Settings that hold, and how they came about.
public struct Loaded<Settings: Sendable>: Sendable {
    public let settings: Settings
    public let warnings: [Diagnostic]
    /// By key path; what is missing has its default.
    public let origins: Origins
}

extension Schema {
    /// Puts the settings together: flags over environment over file over what they are initially.
    ///
    /// Finds all errors of all sources at once, save that a file that is no YAML stops at that, and that checks over several
    /// settings wait until each is good by itself.
    ///
    /// - Parameter examine: a check that needs more than the settings, such as files that they name.
    public func load(
        file: ConfigurationFile? = nil, environment: [String: String] = [:], flags: [FlagOccurrence] = [],
        examine: (Root, Origins) -> [Diagnostic] = { _, _ in [] }
    ) throws(ConfigurationError) -> Loaded<Root> {
        var settings = initial
        var reading = Reading(.file(file?.name ?? ""), variables: environment)
        if let file { read(file, into: &settings, &reading) }
        read(environment: environment, into: &settings, &reading)
        read(flags: flags, into: &settings, &reading)
        return try finish(settings, &reading, examine)
    }

    /// Reads a file for processes of other hosts: what only those can tell counts as good, such as which files there are and
    /// which variables are set.
    public func load(forOtherHosts file: ConfigurationFile) throws(ConfigurationError) -> Loaded<Root> {
        var settings = initial
        var reading = Reading(.file(file.name), variables: [:], isForOtherHosts: true)
        read(file, into: &settings, &reading)
        return try finish(settings, &reading) { _, _ in [] }
    }

    private func finish(
        _ settings: Root, _ reading: inout Reading, _ examine: (Root, Origins) -> [Diagnostic]
    ) throws(ConfigurationError) -> Loaded<Root> {
        requireAll(&reading, at: .standard)
        var further: [Diagnostic] = []
        if reading.errors.isEmpty {
            check(settings, &reading, at: .standard)
            further = examine(settings, Origins(reading.origins))
        }
        let errors = reading.errors.sorted(by: Diagnostic.inOrder) + further.filter { $0.severity == .error }
        let warnings = reading.warnings.sorted(by: Diagnostic.inOrder) + further.filter { $0.severity == .warning }
        guard errors.isEmpty else { throw ConfigurationError(errors, warnings: warnings) }
        return Loaded(settings: settings, warnings: warnings, origins: Origins(reading.origins))
    }

    private func read(_ file: ConfigurationFile, into settings: inout Root, _ reading: inout Reading) {
        do throws(YAML.Problem) {
            let node = try YAML.parse(file.bytes)
            if node.isNull { return }
            guard case .mapping(let entries) = node.content else {
                return reading.reject(node.position, "a configuration consists of keys with values, such as \(example)")
            }
            read(entries, into: &settings, &reading)
        } catch {
            reading.reject(error.position, error.text)
        }
    }

    private var example: String {
        tree.names.first { isOffered([$0]) }.map { "\"\($0):\"" } ?? "\"key: value\""
    }

    /// Notes the required settings that no source has given to the section where the reading stands.
    func requireAll(_ reading: inout Reading, at place: Origin) {
        let base = reading.path
        for declaration in declarations where declaration.isRequired {
            let path = base.appending(declaration.path)
            guard reading.origins[path.description] == nil, !reading.hasError(at: path) else { continue }
            reading.path = path
            reading.reject(place, "is missing: write \(declaration.type?.allowed ?? "it")")
        }
        reading.path = base
    }

    func check(_ settings: Root, _ reading: inout Reading, at place: Origin) {
        guard !reading.isUndecided else { return }
        let (base, origins) = (reading.path, Origins(reading.origins))
        for check in checks {
            guard let complaint = check.complaint(settings, origins), let index = targets[check.target] else {
                continue
            }
            reading.path = base.appending(declarations[index].path)
            let origin = reading.origins[reading.path.description] ?? place
            switch check.severity {
            case .error: reading.reject(origin, complaint)
            case .warning: reading.warn(origin, complaint)
            }
        }
        reading.path = base
    }

    func write(_ settings: Root) -> Written {
        write(settings, tree)
    }

    private func write(_ settings: Root, _ tree: SchemaTree) -> Written {
        .map(
            tree.names.compactMap { name in
                switch tree.children[name]! {
                case .declaration(let index):
                    let declaration = declarations[index]
                    guard declaration.verdict.isWorking else { return nil }
                    return declaration.access?.write(settings).map { (name, $0) }
                case .section(let section):
                    guard case .map(let entries) = write(settings, section), !entries.isEmpty else { return nil }
                    return (name, .map(entries))
                }
            })
    }
}
