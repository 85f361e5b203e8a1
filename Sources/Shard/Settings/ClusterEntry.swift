import Configuration
import Upstreams

/// A cluster as it is written: what is missing is that of all clusters.
struct ClusterEntry: Equatable, Sendable {
    var name: String?
    var source = SourceKind.rest
    var rest = RestSettings()
    var commands = CommandSettings()
    var breaker = BreakerSettings()
    var requestTimeout: Duration?
    var maximumLoad: Double?
    var maximumConnections: Int?
    var jitter: Duration?
    var retryAttempts: Int?
    var retryDelay: Duration?
    var retryBackoff: Double?

    func settings(at pace: PaceSettings) -> ClusterSettings {
        var settings = ClusterSettings()
        settings.name = name ?? ""
        settings.source = source
        settings.rest = rest
        settings.rest.requestTimeoutSeconds = timeout(at: pace).seconds
        settings.commands = commands
        settings.commands.timeoutSeconds = timeout(at: pace).seconds
        settings.commands.maximumOutputBytes = rest.maximumAnswerBytes
        settings.breaker = breaker
        settings.queue.maximumLoad = maximumLoad ?? pace.maximumLoad
        settings.queue.maximumRequests = maximumConnections ?? pace.maximumRequests
        settings.queue.jitterSeconds = (jitter ?? pace.jitter).seconds
        settings.queue.retryAttempts = retryAttempts ?? pace.retryAttempts
        settings.queue.retryDelaySeconds = (retryDelay ?? pace.retryDelay).seconds
        settings.queue.retryBackoff = retryBackoff ?? pace.retryBackoff
        return settings
    }

    /// A collection is one request, so the shorter of both times ends it.
    private func timeout(at pace: PaceSettings) -> Duration {
        [requestTimeout, pace.timeout].compactMap(\.self).min() ?? PaceSettings.standardTimeout
    }
}

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
