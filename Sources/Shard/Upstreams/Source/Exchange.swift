import ServiceRuntime
import Slurm

/// A question and its answer.
struct Exchange {
    var received: ReceivedAnswer
    let symbols: Symbols
    let bytes: Int
    let began: MonotonicClock.Instant
    let ended: MonotonicClock.Instant
    /// How long the server asks to be left alone.
    var retryAfter: Duration?
    /// What time it was at Slurm's when the answer had come, where that was asked, too.
    var time: Timestamp?
    /// Nil where there are no versions.
    var version: APIVersion?

    /// - Throws: why the answer can't be used.
    func check() throws(UpstreamError) {
        do throws(UpstreamError) {
            try received.check()
        } catch {
            var error = error
            error.retryAfter = retryAfter
            throw error
        }
    }
}

/// How one request, or run of a command, went: for the count of them.
struct RequestNote: Sendable {
    /// One of a few words, for metrics.
    let endpoint: String
    /// The response's, or the command's exit code; nil where it didn't come to that.
    let status: Int?
    let error: UpstreamError?
    let bytes: Int
    let began: MonotonicClock.Instant
    let ended: MonotonicClock.Instant
}
