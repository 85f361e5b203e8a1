import FleetProtocol
import Testing

struct HeartbeatTests {
    /// Shards and coordinators are updated one after the other.
    @Test func aHeartbeatWithoutHealthIsUnderstood() throws {
        let text = """
            {"nonce": "1", "port": 9341, "isReady": true, "isDraining": false, "refusals": [], "slices": [],
            "upstreams": [{"cluster": "alpha", "term": 1, "quietAfterSeconds": 0, "inFlight": []}], "unreachable": []}
            """
        let heartbeat = try FleetMessage.decode(Heartbeat.self, from: Array(text.utf8))
        #expect(heartbeat.upstreams.first?.health == nil)
    }

    @Test func healthAgesWhileNothingIsHeard() {
        let feeds = [
            FeedHealth(feed: "jobs", intervalSeconds: 30, ageSeconds: 2), FeedHealth(feed: "diag", intervalSeconds: 30),
        ]
        let health = UpstreamHealth(address: "http://a", breaker: "closed", dutyCycle: 0.1, feeds: feeds)
        #expect(health.aged(by: 3).feeds.map(\.ageSeconds) == [5, nil])
    }

    @Test func anErrorIsOnlySoLong() {
        let feed = FeedHealth(feed: "jobs", intervalSeconds: 30, error: String(repeating: "x", count: 100_000))
        #expect(feed.error?.count == FeedHealth.errorLimit)
    }

    @Test func whatIsTooLongIsCut() {
        let text = String(repeating: "é", count: 100_000)
        let long = Heartbeat(
            nonce: "1", port: 1, isReady: true, problem: "x" + text,
            upstreams: [
                UpstreamReport(
                    cluster: "a", term: 1, health: UpstreamHealth(address: text, breaker: text, dutyCycle: 0))
            ], unreachable: Array(repeating: text, count: 1000))
        let cut = long.withinLimits
        // No half of a character is left.
        #expect(cut.problem == "x" + String(repeating: "é", count: 2047))
        #expect(cut.unreachable.count == 256 && cut.unreachable.allSatisfy { $0.utf8.count == 4096 })
        #expect(cut.upstreams[0].health?.address.utf8.count == 4096)
        #expect(cut.withinLimits == cut)
        let short = Heartbeat(nonce: "1", port: 1, isReady: true, problem: "no", unreachable: ["a"])
        #expect(short.withinLimits == short)
    }
}
