extension Heartbeat {
    /// Bytes of a text at most.
    public static let textLimit = 4 << 10
    /// How many owners of upstreams it can name.
    public static let unreachableLimit = 256

    /// The same without what is too long: texts are for people, and what a shard of another release writes is heard all the
    /// same.
    public var withinLimits: Heartbeat {
        var heartbeat = self
        heartbeat.problem = problem?.cut(to: Self.textLimit)
        heartbeat.unreachable = unreachable.prefix(Self.unreachableLimit).map { $0.cut(to: Self.textLimit) }
        for place in upstreams.indices {
            heartbeat.upstreams[place].health = upstreams[place].health?.withinLimits
        }
        return heartbeat
    }
}

extension UpstreamHealth {
    fileprivate var withinLimits: UpstreamHealth {
        var health = self
        health.address = address.cut(to: Heartbeat.textLimit)
        health.breaker = breaker.cut(to: Heartbeat.textLimit)
        health.tokenExpires = tokenExpires?.cut(to: Heartbeat.textLimit)
        for place in feeds.indices {
            health.feeds[place].error = feeds[place].error?.cut(to: Heartbeat.textLimit)
        }
        return health
    }
}

extension String {
    /// So many bytes of UTF-8 at most, and no part of a character's code.
    func cut(to limit: Int) -> String {
        utf8.index(startIndex, offsetBy: limit, limitedBy: endIndex).map { String(self[..<$0]) } ?? self
    }
}
