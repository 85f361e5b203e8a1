import ServiceRuntime
import Slurm

/// How a feed fares.
struct FeedFigures: Equatable, Sendable {
    /// Counts the answers.
    var generation: UInt64 = 0
    /// When the last answer was here, by both clocks.
    var taken: MonotonicClock.Instant?
    var takenAt: UnixTime?
    /// By Slurm's clock.
    var answered: Timestamp?
    var duration = Duration.zero
    var bytes = 0
    var records = 0
    /// nil as long as the last question had an answer.
    var error: UpstreamError?
    var errorAt: UnixTime?
    /// What is wrong with an answer that could be used all the same.
    var caveat: String?
    var errors: [String: Int] = [:]
    /// By kind.
    var decodeErrors: [String: Int] = [:]

    mutating func note(_ error: UpstreamError, at now: UnixTime) {
        (self.error, errorAt) = (error, now)
        if error.kind != .absent { errors[error.label, default: 0] += 1 }
    }
}
