import Locks
import Metrics
import ServiceRuntime
import Slurm

extension RestSource {
    /// The version to ask in: as configured, as known, or as found out now.
    func version(
        of plugin: Plugin, _ address: RestAddress, timeout: Duration?
    ) async throws(UpstreamError) -> APIVersion {
        if let version = book.withLock({ $0[plugin] }) { return version }
        if plugin == .accounting, isAccountingAbsent { throw VersionSearch.noAccounting }
        var search = VersionSearch()
        while let candidate = search.candidate {
            if try await isOffered(candidate, plugin, address, timeout: timeout) {
                book.withLock { $0.learn(candidate, of: plugin) }
                logger.info(
                    "API version", ["plugin": .string(plugin.rawValue), "version": .string(candidate.description)])
                return candidate
            }
            search.miss()
        }
        if plugin == .accounting { noteAbsentAccounting() }
        throw VersionSearch.failure(plugin)
    }

    /// Whether it was looked for in vain not long ago: it costs a question for each version that we know.
    private var isAccountingAbsent: Bool {
        let now = clock.now
        return accountingSearch.withLock { $0.map { now < $0 } ?? false }
    }

    private func noteAbsentAccounting() {
        let next = clock.now + .seconds(600)
        accountingSearch.withLock { $0 = next }
    }

    /// - Throws: what is not about versions, an authentication error for example.
    private func isOffered(
        _ version: APIVersion, _ plugin: Plugin, _ address: RestAddress, timeout: Duration?
    ) async throws(UpstreamError) -> Bool {
        let question = Question(
            feed: plugin.probeFeed, target: plugin.probe(version), endpoint: plugin.probeFeed.endpoint,
            address: address, timeout: timeout)
        let exchange = try await exchange(question) { _ in nil }
        guard exchange.received.status != 404 else { return false }
        try exchange.received.checkErrors()
        return true
    }
}
