import Metrics
import ServiceRuntime
import Testing

@testable import Upstreams

/// What holds for any cluster, however slow and broken.
struct QueueProperties {
    private static let feeds: [Feed] = [
        .jobs, .nodes, .accounting, .associations, .diag, .ping, .partitions, .licenses, .reservations, .shares,
    ]

    /// A cluster with habits: each feed has its usual duration and its own luck.
    private struct Cluster {
        var settings = QueueSettings()
        var schedule: [FeedSchedule] = []
        let play: Play
        let hasBreaker: Bool

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            settings.maximumLoad = [0.05, 0.1, 0.25, 0.5].randomElement(using: &random) ?? 0.25
            settings.maximumRequests = Int.random(in: 1...3, using: &random)
            settings.jitterSeconds = Double.random(in: 0...3, using: &random)
            let chosen = QueueProperties.feeds.shuffled(using: &random).prefix(Int.random(in: 1...10, using: &random))
            schedule = chosen.map { FeedSchedule($0, every: .seconds(Double.random(in: 5...120, using: &random))) }
            let usual = Dictionary(
                uniqueKeysWithValues: chosen.map {
                    ($0, Double.random(in: 0.001...($0.isHeavy ? 20 : 2), using: &random))
                })
            let failureRate = ([0, 0, 0.1, 0.5] as [Double]).randomElement(using: &random) ?? 0
            hasBreaker = Bool.random(using: &random)
            play = Play(schedule, settings, breaker: hasBreaker ? BreakerSettings() : nil, seed: seed) { ask, _ in
                let duration = Duration.seconds((usual[ask.feed] ?? 1) * Double.random(in: 0.5...2, using: &random))
                guard Double.random(in: 0..<1, using: &random) < failureRate else { return (duration, .success) }
                let failures: [AskOutcome.Failure] = [.passing, .auth, .timeout, .lasting, .withdrawn]
                return (duration, .failure(failures.randomElement(using: &random) ?? .lasting))
            }
        }
    }

    private static let hours = Duration.seconds(4 * 3600)

    @Test(arguments: 1...50) func holds(seed: UInt64) {
        let cluster = Cluster(seed: seed)
        var play = cluster.play
        play.run(for: Self.hours)
        expectBoundedConcurrency(play.done, cluster.settings)
        expectBoundedLoad(play.done, cluster)
        expectPauses(play.done, cluster.settings)
        expectNobodyStarves(play.done, cluster)
    }

    /// A request, and with it the time for which it is presumed to go on after a timeout.
    private func busy(_ request: Play.Request) -> (start: Play.Instant, end: Play.Instant) {
        let pause = request.outcome == .failure(.timeout) ? request.start.duration(to: request.end) : .zero
        return (request.start, request.end + pause)
    }

    private func expectBoundedConcurrency(_ requests: [Play.Request], _ settings: QueueSettings) {
        #expect(most(requests) <= settings.maximumRequests)
        #expect(most(requests.filter(\.ask.feed.isHeavy)) <= 1)
    }

    private func most(_ requests: [Play.Request]) -> Int {
        let spans = requests.map(busy)
        let edges = (spans.map { ($0.end, -1) } + spans.map { ($0.start, 1) }).sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        var (now, most) = (0, 0)
        for (_, change) in edges {
            now += change
            most = max(most, now)
        }
        return most
    }

    /// But for one round at the start and the requests at the end.
    private func expectBoundedLoad(_ requests: [Play.Request], _ cluster: Cluster) {
        let spent = requests.reduce(Duration.zero) { $0 + busy($1).start.duration(to: busy($1).end) }
        let longest = requests.map { busy($0).start.duration(to: busy($0).end) }.max() ?? .zero
        let slack = longest * (cluster.schedule.count + cluster.settings.maximumRequests + 1)
        #expect(spent <= Self.hours * cluster.settings.maximumLoad + slack)
    }

    private func expectPauses(_ requests: [Play.Request], _ settings: QueueSettings) {
        guard settings.maximumRequests == 1 else { return }
        for (request, next) in zip(requests, requests.dropFirst()) {
            #expect(next.start >= busy(request).end)
        }
    }

    /// A feed comes again after its interval, or after the share of the others' work has been waited out.
    private func expectNobodyStarves(_ requests: [Play.Request], _ cluster: Cluster) {
        let longest = requests.map { busy($0).start.duration(to: busy($0).end) }.max() ?? .zero
        for schedule in cluster.schedule {
            let starts = requests.filter { $0.ask.feed == schedule.feed }.map(\.start)
            let patience =
                schedule.interval + .seconds(cluster.settings.jitterSeconds)
                + longest * (Double(cluster.schedule.count) * 2 / cluster.settings.maximumLoad + 1)
                + (cluster.hasBreaker ? .seconds(600) : .zero)
            let gaps = zip(starts, starts.dropFirst()).map { $0.duration(to: $1) }
            #expect(!starts.isEmpty)
            #expect(gaps.allSatisfy { $0 <= patience }, "\(schedule.feed): \(gaps.max() ?? .zero) > \(patience)")
        }
    }
}
