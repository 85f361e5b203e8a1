import ServiceRuntime

/// Where the thread that minds a program and the consumer of its output meet.
struct CommandState {
    private let limits: Command.Limits
    private let program: String
    private var waiting: [[UInt8]] = []
    private var waitingBytes = 0
    private(set) var outputBytes = 0
    private(set) var errors: [UInt8] = []
    private(set) var isCancelled = false
    private(set) var usage = CommandUsage()
    /// Nil as long as it lives.
    private(set) var end: Result<CommandEnd, CommandError>?

    init(_ command: Command) {
        limits = command.limits
        program = command.program
    }

    enum Pull {
        /// - Parameter makesRoom: the thread waited for this.
        case chunk([UInt8], makesRoom: Bool)
        case end(CommandEnd)
        case failed(CommandError)
        case nothingYet
    }

    /// What has come comes first, unless the whole has failed: half an output is of no use.
    mutating func pull() -> Pull {
        if case .failure(let error) = end { return .failed(error) }
        guard !waiting.isEmpty else {
            if case .success(let end) = end { return .end(end) }
            return .nothingYet
        }
        let wasFull = isFull
        let chunk = waiting.removeFirst()
        waitingBytes -= chunk.count
        return .chunk(chunk, makesRoom: wasFull && !isFull)
    }

    var isFull: Bool { waitingBytes >= limits.backlog }

    /// - Returns: whether that is still allowed.
    mutating func take(output bytes: ArraySlice<UInt8>) -> Bool {
        outputBytes += bytes.count
        guard outputBytes <= limits.outputBytes else { return false }
        waiting.append(Array(bytes))
        waitingBytes += bytes.count
        return true
    }

    mutating func take(errors bytes: ArraySlice<UInt8>) {
        errors += bytes.prefix(max(0, limits.errorBytes - errors.count))
    }

    mutating func cancel() {
        isCancelled = true
    }

    mutating func finish(_ end: CommandEnd, _ usage: CommandUsage, failure: CommandError.Kind?) {
        self.usage = usage
        guard let failure else {
            self.end = .success(end)
            return
        }
        waiting = []
        waitingBytes = 0
        self.end = .failure(CommandError(kind: failure, description: "\(program): \(reason(failure))"))
    }

    private func reason(_ failure: CommandError.Kind) -> String {
        switch failure {
        case .timeout: "not done within \(limits.duration)"
        case .tooLarge: "more than \(limits.outputBytes) bytes of output"
        case .cancelled: "cancelled"
        case .missing, .unusable, .local: "can't be run"
        }
    }
}
