import ServiceRuntime

/// What is to be done about a running program: told what happens, it says when to signal and when all is over.
struct Supervision {
    typealias Instant = MonotonicClock.Instant

    enum Step: Equatable {
        /// Nothing to do before this moment.
        case wait(until: Instant)
        /// To all of the program's processes.
        case terminate, kill
    }

    private enum Phase {
        case running
        case terminated(patience: Instant)
        case killed
    }

    private var phase = Phase.running
    private let deadline: Instant
    private let grace: Duration
    /// Why the program was not left to end by itself.
    private(set) var failure: CommandError.Kind?

    init(_ limits: Command.Limits, at start: Instant) {
        deadline = start.advanced(by: limits.duration)
        grace = limits.grace
    }

    /// Its output is of no more use; the first reason counts.
    mutating func fail(_ kind: CommandError.Kind) {
        failure = failure ?? kind
    }

    /// Asked again and again until the program has ended.
    mutating func next(at now: Instant) -> Step {
        if now >= deadline { fail(.timeout) }
        switch phase {
        case .running:
            guard failure != nil else { return .wait(until: deadline) }
            let patience = now.advanced(by: grace)
            phase = .terminated(patience: patience)
            return .terminate
        case .terminated(let patience):
            guard now >= patience else { return .wait(until: patience) }
            phase = .killed
            return .kill
        case .killed: return .wait(until: now.advanced(by: .seconds(1)))
        }
    }
}
