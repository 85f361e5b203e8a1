import Collectors
import Configuration
import Metrics
import Testing
import Upstreams

@testable import ShardSettings

struct ScheduleTests {
    @Test func everyFeedHasADefault() throws {
        let plan = [
            "jobs 1m 1m", "nodes 30s 1m", "partitions 1m 1m", "reservations 1m 1m", "licenses 1m 1m", "diag 30s 1m",
            "ping 30s 1m", "shares 5m 1m", "qos 5m 1m", "dbd 5m 1m", "clusters 5m 1m", "tres 5m 1m",
        ]
        #expect(Set(plan).isSubset(of: try settings().plan))
    }

    /// What costs slurmdbd much is asked for only where somebody wants it.
    @Test func limitsOfAssociationsAndWorkloadKeysAreAskedForByName() throws {
        let text = "collectors: {fairshare: {include_limits: true}, accounting: {include_wckeys: true}}"
        let more = try Set(settings(text).plan).subtracting(settings().plan)
        #expect(more == ["associations 5m 1m", "wckeys 5m 1m"])
        let less =
            "collectors: {jobs: {enabled: false}, users: {enabled: false}, accounts: {enabled: false}, "
            + "partitions: {enabled: false}, cluster: {enabled: false}, nodes: {enabled: false}, "
            + "qos: {include_jobs: false}, reservations: {include_nodes: false}}"
        let plan = try settings(less).plan
        #expect(!plan.contains { $0.hasPrefix("jobs") || $0.hasPrefix("nodes") })
        #expect(plan.contains("qos 5m 1m") && plan.contains("reservations 1m 1m"))
    }

    @Test func whatIsAskedForByNameIsRequired() throws {
        #expect(try settings().requiredCollectors == [])
        #expect(try settings("collectors: {qos: {enabled: true}}").requiredCollectors == [.qos])
    }

    @Test func theCollectorItselfWinsOverTheListOfIntervals() throws {
        let settings = try settings(
            "{collectors: {jobs: {interval: 20s}}, collection: {intervals: {jobs: 90s, nodes: 90s}}}")
        let schedule = settings.schedule(of: settings.clusters[0])
        #expect(schedule.map(\.feed).prefix(3) == [.jobs, .nodes, .partitions])
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
        let unwanted = [
            "cluster", "scheduler", "partitions", "qos", "reservations", "licenses", "fairshare", "accounting",
        ]
        let text = "collectors: {" + unwanted.map { "\($0): {enabled: false}" }.joined(separator: ", ") + "}"
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
        let others: [Collector.Name] = [.qos, .reservations, .licenses, .scheduler, .fairshare, .accounting]
        #expect(try settings(text).enabledCollectors == [.cluster, .nodes, .jobs, .users] + others)
        let named = text + "\ncollectors: {accounts: {enabled: true}, users: {enabled: false}}"
        #expect(try settings(named).enabledCollectors == [.cluster, .nodes, .jobs, .accounts] + others)
        let unaggregated = try settings("metrics: {aggregation: {enabled: false, levels: [user]}}")
        #expect(unaggregated.enabledCollectors == Collector.Name.allCases)
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

    @Test func warnsOfIntervalsWhoseAnswersAreTooOldBeforeTheNextCanCome() throws {
        let text = "collection:\n  intervals:\n    jobs: 5s\n    nodes: 30s\n"
        let complaint =
            "lets jobs be shown for 15s, and an answer may take 1m: when one stays away, or whoever waits for it dies, "
            + "there is nothing to show before the next"
        let found = try load(text).warnings
        #expect(found.map(\.description) == ["shard.yaml:3: collection.intervals.jobs: \(complaint)"])
        #expect(try warnings(text + "slurm: {request_timeout: 15s}\n").isEmpty)
        #expect(try warnings(text + "  staleness_factor: 12\n").isEmpty)
        let own = try warnings("collectors: {jobs: {interval: 5s}}")
        #expect(own.count == 1 && own[0].contains("collectors.jobs.interval"))
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
