import Collectors
import Configuration
import Metrics
import Testing
import Upstreams

@testable import slurm_shard

struct ScheduleTests {
    @Test func everyFeedHasADefault() throws {
        let plan = ["jobs 1m 1m", "nodes 30s 1m", "partitions 1m 1m", "diag 30s 1m", "ping 30s 1m"]
        #expect(try settings().plan == plan)
    }

    @Test func theCollectorItselfWinsOverTheListOfIntervals() throws {
        let settings = try settings(
            "{collectors: {jobs: {interval: 20s}}, collection: {intervals: {jobs: 90s, nodes: 90s}}}")
        let schedule = settings.schedule(of: settings.clusters[0]).filter { ShardSettings.basicFeeds.contains($0.feed) }
        #expect(schedule.map(\.feed) == ShardSettings.basicFeeds)
        #expect(schedule.map(\.interval).prefix(2) == [.seconds(20), .seconds(90)])
        #expect(schedule.map(\.decidedBy).prefix(3) == ["collectors.jobs.interval", "collection.intervals.nodes", nil])
    }

    @Test func aFeedIsNotAskedMoreOftenThanItIsNeeded() throws {
        let only = "metrics: {prefix: slurm_users_}\ncollectors: {users: {enabled: true, interval: 300s}}"
        let settings = try settings(only)
        #expect(settings.plan == ["jobs 5m 1m"])
        #expect(settings.schedule(of: settings.clusters[0])[0].decidedBy == "collectors.users.interval")
        #expect(try self.settings(only.replacing("300s", with: "10s")).plan == ["jobs 1m 1m"])
    }

    private func settings(_ text: String = "") throws -> ShardSettings {
        try load(text).settings
    }

    @Test func whatNoCollectorNeedsIsNotAsked() throws {
        let text = "collectors: {cluster: {enabled: false}, scheduler: {enabled: false}, partitions: {enabled: false}}"
        #expect(try settings(text).plan == ["jobs 1m 1m", "nodes 30s 1m"])
    }

    @Test func theShorterTimeEndsACollectionUnlessItsCollectorHasItsOwn() throws {
        let text = "{slurm: {request_timeout: 50s}, collection: {timeout: 40s}, collectors: {jobs: {timeout: 2m}}}"
        #expect(try settings(text).plan.prefix(2) == ["jobs 1m 2m", "nodes 30s 40s"])
        #expect(try settings("slurm: {request_timeout: 50s}").plan.first == "jobs 1m 50s")
        #expect(try settings("collection: {timeout: 90s}").plan.first == "jobs 1m 1m30s")
    }

    @Test func dataIsCurrentForSomeIntervalsOrFetches() throws {
        let standard = Staleness()
        #expect(standard.lifetime(interval: .seconds(30), lastDuration: .seconds(2)) == .seconds(90))
        #expect(standard.lifetime(interval: .seconds(30), lastDuration: .seconds(50)) == .seconds(150))
        let cached = try settings("{collection: {staleness_factor: 2}, processing: {cache: {ttl: 5m}}}").pace.staleness
        #expect(cached.lifetime(interval: .seconds(30), lastDuration: .zero) == .seconds(300))
        #expect(cached.lifetime(interval: .seconds(200), lastDuration: .zero) == .seconds(400))
    }

    @Test func aggregationPicksCollectorsThatAreNotNamed() throws {
        let text = "metrics: {aggregation: {levels: [cluster, user]}}"
        func basic(_ settings: ShardSettings) -> [Collector.Name] { settings.enabledCollectors.filter(isBasic) }
        #expect(basic(try settings(text)) == [.cluster, .nodes, .jobs, .users, .scheduler])
        let named = text + "\ncollectors: {accounts: {enabled: true}, users: {enabled: false}}"
        #expect(basic(try settings(named)) == [.cluster, .nodes, .jobs, .accounts, .scheduler])
        let without = "metrics: {aggregation: {enabled: false, levels: [user]}}"
        #expect(try settings(without).enabledCollectors == Collector.Name.allCases)
    }

    @Test func theLeastLimitOfALabelHolds() throws {
        let text = """
            metrics: {label_limits: {user: 100, node: 5}}
            collectors: {users: {max_users: 10}, accounts: {max_accounts: 20}}
            """
        #expect(try settings(text).labelLimits == ["user": 10, "node": 5, "account": 20])
        #expect(try settings(text.replacing("user: 100", with: "user: 7")).labelLimits["user"] == 7)
        #expect(try settings().labelLimits.isEmpty)
    }

    @Test func samplingThatIsOffTakesAll() throws {
        let text = "metrics: {sampling: {jobs: {enabled: false, rate: 0.1, stratified: false}}}"
        let jobs = try settings(text).collected.jobs
        #expect(jobs.sampleRate == 1 && !jobs.samplesByStratum)
    }

    @Test func summaryNamesEachCluster() throws {
        let text = """
            clusters: [{name: a}, {name: b, base_url: "unix:/run/b.sock", timeout: 5s}]
            metrics: {prefix: slurm_jobs_}
            collectors: {jobs: {enabled: true, interval: 2m}}
            """
        #expect(
            try settings(text).summary == """
                # What follows from it:
                # collectors: jobs
                # cluster a at http://127.0.0.1:6820:
                #   jobs every 2m (collectors.jobs.interval), in at most 1m, shown for 6m
                # cluster b at unix:/run/b.sock:
                #   jobs every 2m (collectors.jobs.interval), in at most 5s, shown for 6m

                """)
    }
}
