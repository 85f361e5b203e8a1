/// Where a value came from.
public enum Origin: Hashable, Sendable, CustomStringConvertible {
    case standard
    case file(name: String, line: Int, column: Int)
    case environment(String)
    case flag(String)

    public var description: String {
        switch self {
        case .standard: "default"
        case .file(let name, let line, _): "\(name):\(line)"
        case .environment(let name): name
        case .flag(let name): "--\(name)"
        }
    }

    /// As a reader goes through them: the file from top to bottom, then the environment, then the command line.
    var order: (Int, Int, Int) {
        switch self {
        case .standard: (0, 0, 0)
        case .file(_, let line, let column): (1, line, column)
        case .environment: (2, 0, 0)
        case .flag: (3, 0, 0)
        }
    }
}

/// One thing that is wrong, or worth a warning, with the place where to put it right. Never shows a secret.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    public enum Severity: String, Sendable { case warning, error }

    public var severity: Severity
    public var origin: Origin
    /// The key path, or nothing where the problem has none.
    public var path: String
    public var text: String

    /// - Parameter path: nothing where the problem has none.
    public init(_ severity: Severity = .error, at origin: Origin, _ path: String, _ text: String) {
        self.severity = severity
        self.origin = origin
        self.path = path
        self.text = text
    }

    /// `slurm.yaml:14: collection.jitter: "10" is no duration: …`
    public var description: String {
        [origin == .standard ? "" : origin.description, path, text].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    static func inOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        left.origin.order < right.origin.order
    }
}

/// Everything that is wrong with a configuration, in the order of the file.
public struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    public let errors: [Diagnostic]
    public let warnings: [Diagnostic]

    public init(_ errors: [Diagnostic], warnings: [Diagnostic] = []) {
        self.errors = errors
        self.warnings = warnings
    }

    /// How many errors the text lists before it only counts.
    public static let shown = 50

    public var description: String {
        let listed = errors.prefix(Self.shown).map(\.description)
        let rest = errors.count - listed.count
        return (listed + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n")
    }
}
