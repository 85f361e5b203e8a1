import FleetProtocol
import Upstreams

extension UpstreamHealth {
    init(_ status: UpstreamStatus) {
        self.init(
            address: status.address, breaker: status.breaker, pausedForSeconds: status.pausedForSeconds,
            dutyCycle: status.dutyCycle, tokenExpires: status.tokenExpires, feeds: status.feeds.map(FeedHealth.init))
    }
}

extension FeedHealth {
    fileprivate init(_ status: FeedStatus) {
        self.init(
            feed: status.feed, intervalSeconds: status.intervalSeconds, ageSeconds: status.ageSeconds,
            durationSeconds: status.lastDurationSeconds, bytes: status.lastBytes, records: status.lastRecords,
            error: status.error)
    }
}
