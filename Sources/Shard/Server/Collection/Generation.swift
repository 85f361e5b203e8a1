import Metrics
import ServiceRuntime
import Slurm
import Upstreams

/// What a collection has to know of a generation besides its records, wherever those come from.
struct Generation: Sendable {
    /// Rises with each generation of a feed.
    let number: UInt64
    /// When Slurm answered, by its clock.
    let time: Timestamp
    /// When the last byte was here.
    let taken: MonotonicClock.Instant
    let duration: Duration
    let interval: Duration
    let release: String?
    /// The cluster's name, where Slurm says it.
    let cluster: String?
    /// What all slices show of labels with limits; nil where each decides for itself.
    var kept: [KeptValues]?
}

extension Generation {
    /// - Parameter base: what earlier owners of the upstream counted up to.
    init(_ answer: Answered, above base: UInt64 = 0) {
        number = base + answer.generation
        time = answer.time
        taken = answer.taken
        duration = answer.duration
        interval = answer.interval
        release = answer.release
        cluster = answer.cluster
    }
}
