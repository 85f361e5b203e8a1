import Foundation
import TestSupport
import Testing

/// A real Prometheus that finds shards through `/targets`, while they come and go.
struct FleetDiscoveryTests {

    @Test func noSeriesIsMissingForLongerThanItMay() async throws {
        let simulator = try await RunningSimulator.small()
        // Prometheus looks at what it has discovered every five seconds.
        let fleet = try await RunningFleet(of: simulator, shards: 3, overlap: "10s")
        try await fleet.settles()
        let prometheus = try await RunningPrometheus(
            configuration: """
                global: {scrape_interval: 2s, scrape_timeout: 2s}
                scrape_configs:
                - job_name: slurm
                  http_sd_configs: [{url: 'http://\(fleet.address)/targets', refresh_interval: 1s}]
                """)
        let expected = try await fleet.shown().count
        let isWhole = await eventually {
            try? await Task.sleep(for: .milliseconds(200))
            return await Self.union(prometheus)?.count ?? 0 >= expected
        }
        let all = try #require(await Self.union(prometheus))
        try #require(isWhole, "\(all.count) of \(expected) series")
        var (orderly, sudden) = (GapLengths(), GapLengths())
        for round in 1...RunningFleet.rounds {
            let drained = try #require(fleet.shards.keys.sorted().first)
            orderly.note(
                try await gap(in: all, prometheus, forgiving: Living(fleet, besides: drained)) {
                    try fleet.start("new-\(round)")
                    _ = try await fleet.stop(drained)
                    try await fleet.settles()
                })
            let killed = try #require(try await fleet.status().upstreams.first?.owner)
            sudden.note(
                try await gap(in: all, prometheus) {
                    fleet.kill(killed)
                    try fleet.start("next-\(round)")
                    try await fleet.settles()
                })
            let paused = try #require(fleet.shards.keys.sorted().last)
            sudden.note(
                try await gap(in: all, prometheus) {
                    fleet.shards[paused]?.process.send(SIGSTOP)
                    try await Task.sleep(for: .seconds(1))
                    fleet.shards[paused]?.process.send(SIGCONT)
                    try await fleet.settles()
                })
        }
        print("missing after draining and adding: \(orderly); after killing and pausing: \(sudden)")
        #expect(orderly.longest == .zero)
        // Lost after 2 s, what a request had left of its 5 s, an interval, two scrapes; and a busy machine.
        #expect(sudden.longest < .seconds(20))
    }

    /// For how long something was missing from what Prometheus has.
    ///
    /// - Parameter living: what is missing while one of them is late for a scrape doesn't count.
    private func gap(
        in all: Set<String>, _ prometheus: RunningPrometheus, forgiving living: Living? = nil,
        while change: () async throws -> Void
    ) async throws -> Duration {
        let watch = GapWatch(all, prometheus, living)
        let watching = Task { await watch.run() }
        try await change()
        #expect(
            await eventually(within: .seconds(30)) {
                try? await Task.sleep(for: .milliseconds(200))
                return await Self.union(prometheus).map { all.isSubset(of: $0) } ?? false
            })
        await watch.end()
        await watching.value
        return await watch.longest
    }

    /// The series of all shards, wherever they come from.
    fileprivate static func union(_ prometheus: RunningPrometheus) async -> Set<String>? {
        await prometheus.series(of: #"{__name__=~"slurm_.+", __name__!~"slurm_(exporter|fleet)_.+"}"#).map { series in
            Set(
                series.map { labels in
                    labels.filter { $0.key != "instance" }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                        .joined(separator: ",")
                })
        }
    }
}

/// The shards of a fleet but for one that may go.
private struct Living: Sendable {
    private let fleet: RunningFleet
    private let other: String

    init(_ fleet: RunningFleet, besides other: String) {
        self.fleet = fleet
        self.other = other
    }

    var addresses: Set<String> { Set(fleet.shards.filter { $0.key != other }.values.map(\.address)) }
}

private actor GapWatch {
    private let all: Set<String>
    private let prometheus: RunningPrometheus
    private let living: Living?
    private var isOver = false
    private(set) var longest = Duration.zero

    init(_ all: Set<String>, _ prometheus: RunningPrometheus, _ living: Living?) {
        self.all = all
        self.prometheus = prometheus
        self.living = living
    }

    /// What is under way is let finish: a cancelled question of Linux' URLSession can wait for itself for ever.
    func end() { isOver = true }

    func run() async {
        var since: ContinuousClock.Instant?
        while !isOver {
            if let lacks = await lacksSomething() { since = lacks ? since ?? .now : nil }
            if let since { longest = max(longest, since.duration(to: .now)) }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    /// - Returns: nil where that isn't known.
    private func lacksSomething() async -> Bool? {
        let wasLate = await isSomebodyLate()
        guard let found = await FleetDiscoveryTests.union(prometheus) else { return nil }
        guard !all.isSubset(of: found) else { return false }
        let isLate = await isSomebodyLate()
        return !wasLate && !isLate
    }

    private func isSomebodyLate() async -> Bool {
        guard let living, let late = await prometheus.series(of: "up == 0") else { return false }
        return !living.addresses.isDisjoint(with: late.compactMap { $0["instance"] })
    }
}

private struct GapLengths: CustomStringConvertible {
    private var lengths: [Duration] = []

    mutating func note(_ length: Duration) {
        lengths.append(length)
    }

    var longest: Duration { lengths.max() ?? .zero }

    var description: String {
        let sorted = lengths.sorted()
        return "\(sorted.count) times, median \(sorted[sorted.count / 2]), longest \(longest)"
    }
}
