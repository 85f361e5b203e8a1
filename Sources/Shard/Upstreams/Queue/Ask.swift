import Metrics
import ServiceRuntime

/// A question that is to be asked now.
struct Ask: Equatable, Sendable {
    let feed: Feed
    /// nil for what the upstream's settings say.
    let timeout: Duration?
    /// 0 the first time, then counts the times it is asked again.
    let attempt: Int
}

/// How a question ended, as far as it matters for what is asked next.
enum AskOutcome: Equatable, Sendable {
    case success
    /// A part of what is due; the rest is asked for as soon as the load allows it.
    case piece
    /// slurmrestd answered, and said that no controller does.
    case controllerless
    case failure(Failure)

    enum Failure: Equatable, Sendable {
        /// To be asked again after a while.
        case passing
        /// To be asked once more, with the token read again.
        case auth
        /// Slurm may still be at work on it.
        case timeout
        /// To be asked again when it is due.
        case lasting
        /// Nobody wanted the answer any more, which says nothing about Slurm.
        case withdrawn
    }

    init(_ error: UpstreamError) {
        switch error.kind {
        case .timeout: self = .failure(.timeout)
        case .auth: self = .failure(.auth)
        case .cancelled: self = .failure(.withdrawn)
        default: self = .failure(error.mayPass ? .passing : .lasting)
        }
    }
}
