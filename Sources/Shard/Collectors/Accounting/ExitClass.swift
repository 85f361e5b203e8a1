import Slurm

/// How a run ended, in few words: whose fault it was.
enum ExitClass: String, CaseIterable, Sendable {
    case success
    /// The job's own exit code.
    case failure
    case signal
    case timeout
    case outOfMemory = "out_of_memory"
    /// A node failed, or didn't boot.
    case node
    case cancelled
    case preempted
    /// Queued again, or gone on with other nodes.
    case continued

    init(_ state: JobState, _ exit: ExitStatus?) {
        self =
            switch state.base {
            case .completed: .success
            case .failed: exit.map { $0.signal != 0 } ?? false ? .signal : .failure
            case .timeout, .deadline: .timeout
            case .outOfMemory: .outOfMemory
            case .nodeFail, .bootFail: .node
            case .cancelled: .cancelled
            case .preempted: .preempted
            case .pending, .running, .suspended, .unknown: .continued
            }
    }
}
