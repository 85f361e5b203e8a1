/// Lets the first request to stop through, and answers the second with an end at once.
struct SignalEscalation {
    enum Action: Equatable {
        case deliver
        case exit(ExitCode)
    }

    private var isStopping = false

    mutating func receive(_ signal: Signal) -> Action {
        guard signal.isStop else { return .deliver }
        guard isStopping else {
            isStopping = true
            return .deliver
        }
        return .exit(signal == .interrupt ? .interrupted : .terminated)
    }
}
