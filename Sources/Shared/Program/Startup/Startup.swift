public import Configuration
import Glibc
import ServiceRuntime

/// What a program does before it does anything of its own: it understands its command line and its configuration.
public struct Startup<Settings: Sendable, Command: RawRepresentable<String> & Hashable & Sendable>: Sendable {
    public let schema: Schema<Settings>
    public let invocation: Invocation<Command>
    private let program: String
    private let environment: [String: String]

    /// Ends the program where nothing else is asked of it: after `--help`, `--version`, or a command line that can't be
    /// understood.
    public init(
        _ syntax: CommandLineSyntax<Command>, _ schema: Schema<Settings>, arguments: [String],
        environment: [String: String]
    ) {
        self.schema = schema
        self.program = syntax.program
        self.environment = environment
        do throws(UsageError) {
            invocation = try syntax.parse(arguments)
        } catch {
            Self.fail("\(syntax.program): \(error)\nTry \(syntax.program) --help.", .usage)
        }
        switch invocation.request {
        case .help: Self.succeed(syntax.help(schema))
        case .version: Self.succeed(BuildInformation.current.text(program: syntax.program) + "\n")
        case .proceed: break
        }
    }

    /// Reads the configuration again; the environment and the command line are those of the start.
    ///
    /// - Parameter examine: a check that needs more than the settings, such as files that they name.
    public func load(
        examine: (Settings, Origins) -> [Diagnostic] = { _, _ in [] }
    ) throws(ConfigurationError) -> Loaded<Settings> {
        var file: ConfigurationFile?
        if let path = configurationPath { file = try ConfigurationFile(path: path) }
        return try schema.load(file: file, environment: environment, flags: invocation.flags, examine: examine)
    }

    private var configurationPath: String? {
        invocation.configurationPath ?? schema.configurationVariable.flatMap { environment[$0] }
    }

    /// Ends the program if the configuration doesn't hold.
    public func loadOrExit(examine: (Settings, Origins) -> [Diagnostic] = { _, _ in [] }) -> Loaded<Settings> {
        do throws(ConfigurationError) {
            let loaded = try load(examine: examine)
            loaded.warnings.forEach(Self.warn)
            return loaded
        } catch {
            error.warnings.forEach(Self.warn)
            Self.fail("\(error)", .usage)
        }
    }

    /// Ends the program with a text on standard output.
    public static func succeed(_ text: String) -> Never {
        guard StandardDescriptors.print(text) else { fail("standard output did not take all of the text", .failure) }
        exit(ExitCode.success.rawValue)
    }

    private static func fail(_ text: String, _ code: ExitCode) -> Never {
        complain(text)
        exit(code.rawValue)
    }

    private static func warn(_ warning: Diagnostic) {
        complain("warning: \(warning)")
    }

    private static func complain(_ text: String) {
        _ = DescriptorOutput.standardError.write(Array((text + "\n").utf8))
    }
}
