import ServiceRuntime
import Snapshots

/// How a collector stands, for people.
struct CollectorReport: Encodable, Sendable {
    /// Nil for a process without slices.
    let slice: String?
    let cluster: String
    let collector: String
    let isUp: Bool
    let isStale: Bool
    let ageSeconds: Double?
    let lastSuccess: String?
    let lastError: String?

    init(_ state: CollectorState, of slice: String? = nil) {
        self.slice = slice
        cluster = state.cluster
        collector = state.collector
        isUp = state.isUp
        isStale = state.isStale
        ageSeconds = state.age.map { $0 / .seconds(1) }
        lastSuccess = state.lastSuccess?.timestamp
        lastError = state.lastError
    }
}
