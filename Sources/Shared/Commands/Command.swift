/// A program to run, and what it may cost.
///
/// Arguments go to the program as they are, never through a shell.
public struct Command: Sendable {
    /// A path, or a name that is looked up in this process's PATH.
    public var program: String
    public var arguments: [String]
    /// All there is in the program's environment.
    public var environment: [String: String]
    public var limits: Limits

    public init(_ program: String, _ arguments: [String], environment: [String: String], limits: Limits = Limits()) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.limits = limits
    }

    public struct Limits: Equatable, Sendable {
        /// How long it may take, from the start to the end of all of its processes.
        public var duration: Duration = .seconds(60)
        /// How long it has to end in order once it has been told to.
        public var grace: Duration = .seconds(2)
        /// More on standard output is a failure.
        public var outputBytes = 8 << 30
        /// More on standard error is read and dropped.
        public var errorBytes = 16 << 10
        /// How much output waits for the consumer before the program has to.
        public var backlog = 256 << 10

        public init() {}
    }
}

/// How a program ended by itself.
public enum CommandEnd: Equatable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
}

/// What a program and those that it waited for took.
public struct CommandUsage: Equatable, Sendable {
    public var processorSeconds = 0.0
    /// Of the one of them that had most.
    public var peakBytes = 0
}
