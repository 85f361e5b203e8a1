import Slurm

/// A way to ask a cluster: it knows whom and how, and nothing of when.
protocol Source: AnyObject, Sendable {
    /// Asks for a feed, and reads the answer to its end.
    ///
    /// - Parameters:
    ///   - ended: which jobs, where the feed is that of ended ones; nil for what Slurm shows without being told.
    ///   - delivery: where the records go.
    ///   - time: what time it is at Slurm's, about.
    /// - Throws: why the answer can't be used.
    func answer(
        _ ask: Ask, ended: EndedJobsQuestion?, to delivery: Delivery, at time: Timestamp
    ) async throws(UpstreamError) -> Exchange

    /// Asks what time it is at Slurm's, and nothing else.
    func time(timeout: Duration?) async throws(UpstreamError) -> Timestamp?

    var facts: SourceFacts { get }
}

/// Where a source asks, for people and for metrics.
struct SourceFacts: Equatable, Sendable {
    /// Where the next question goes, and all places there are.
    var address = ""
    var addresses: [String] = []
    var versions: [Plugin: APIVersion] = [:]
    var tokenExpiry: Timestamp?
}
