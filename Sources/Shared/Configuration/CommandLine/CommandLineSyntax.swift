/// The words that a program understands on its command line: one command, its operands, and flags in any place.
public struct CommandLineSyntax<Command: RawRepresentable<String> & Hashable & Sendable>: Sendable {
    /// What a program can be told to do.
    public struct Word: Sendable {
        public var command: Command
        public var help: String
        public var operands: [Operand]

        public init(_ command: Command, _ help: String, operands: [Operand] = []) {
            self.command = command
            self.help = help
            self.operands = operands
        }
    }

    public struct Operand: Sendable {
        public var name: String
        public var isRequired: Bool

        public init(_ name: String, isRequired: Bool = true) {
            self.name = name
            self.isRequired = isRequired
        }
    }

    public let program: String
    public let summary: String
    public let words: [Word]
    /// What is done if no command is given.
    public let standard: Command
    let flags: [String: Flag]

    /// - Parameter flags: those of the program's schema.
    public init(program: String, _ summary: String, words: [Word], standard: Command, flags: [Flag]) {
        self.program = program
        self.summary = summary
        self.words = words
        self.standard = standard
        let names = flags.flatMap { flag in flag.names.map { (Flag.canonical($0), flag) } }
        self.flags = Dictionary(uniqueKeysWithValues: names)
    }
}

/// What somebody asked of the program.
public struct Invocation<Command: Hashable & Sendable>: Sendable, Equatable {
    public enum Request: Sendable {
        case proceed, help, version
    }

    public var request = Request.proceed
    public var command: Command
    public var operands: [String] = []
    public var configurationPath: String?
    public var flags: [FlagOccurrence] = []
}

/// Why a command line can't be understood; programs exit with status 2 for it.
public struct UsageError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}
