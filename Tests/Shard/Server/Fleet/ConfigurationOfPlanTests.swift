import FleetProtocol
import Locks
import Membership
import Metrics
import ServiceRuntime
import TestSupport
import Testing

@testable import slurm_shard

/// A bad file leaves the old one in force, also where it comes with a plan.
struct ConfigurationOfPlanTests {
    private static let good = "clusters:\n  - name: a\n    base_url: http://127.0.0.1:1\n"
    private static let bad = good + "collectorz: {x: 1}\n"
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func exporter() throws -> FleetExporter {
        var fleet = MembershipSettings()
        fleet.stateDirectory = directory.path("state")
        return try FleetExporter(environment: [:], fleet, run: 1, countersIn: nil, log: CollectedLog().log())
    }

    private func plan(_ revision: UInt64, _ yaml: String, _ slices: [String], of cluster: String = "a") -> Plan {
        Plan(
            identity: PlanIdentity(epoch: 1, store: "s", holder: "h", revision: revision),
            configuration: SharedConfiguration(yaml: yaml), shards: [PlannedShard(id: "one", url: "http://one:9341")],
            slices: slices.map { name in
                PlannedSlice(
                    Slice(name: name, cluster: cluster, prefix: "slurm_\(name)_", collectors: [name]), owner: "one")
            })
    }

    private func slices(of exporter: FleetExporter) -> [String] {
        exporter.view.withLock { $0.slices.map(\.id).sorted() }
    }

    @Test func thePlanIsFollowedByTheConfigurationBefore() async throws {
        let exporter = try exporter()
        #expect(await exporter.follow(plan(1, Self.good, ["jobs"]), as: "one") == .entirely)
        let following = await exporter.follow(plan(2, Self.bad, ["jobs", "nodes"]), as: "one")
        guard case .inPart(let problem) = following else {
            Issue.record("\(following)")
            return
        }
        #expect(problem.contains("the plan's configuration:4: collectorz: unknown key"))
        #expect(slices(of: exporter) == ["jobs@a", "nodes@a"])
        let shown = exporter.view.withLock { $0.configuration }
        #expect(shown.hasPrefix("# doesn't hold, so that the one before does: the plan's configuration:4: collectorz"))
        #expect(await exporter.follow(plan(3, Self.good, ["nodes"]), as: "one") == .entirely)
        #expect(slices(of: exporter) == ["nodes@a"])
    }

    @Test func itOutlivesTheProcess() async throws {
        _ = await (try exporter()).follow(plan(1, Self.good, ["jobs"]), as: "one")
        let next = try exporter()
        guard case .inPart = await next.follow(plan(2, Self.bad, ["jobs"]), as: "one") else {
            Issue.record("the configuration of the run before is not in force")
            return
        }
        #expect(slices(of: next) == ["jobs@a"])
    }

    @Test func whoHasNeverHadAGoodOneIsNotReady() async throws {
        let exporter = try exporter()
        guard case .notAtAll(let problem) = await exporter.follow(plan(1, Self.bad, ["jobs"]), as: "one") else {
            Issue.record("there is nothing to go by")
            return
        }
        #expect(problem.contains("collectorz"))
    }

    @Test func slicesOfClustersThatItDoesNotHaveHinderNoOthers() async throws {
        let exporter = try exporter()
        var plan = plan(1, Self.good, ["jobs"])
        plan.slices += self.plan(1, "", ["jobs"], of: "b").slices
        #expect(
            await exporter.follow(plan, as: "one") == .inPart("the configuration has no cluster 'b'"))
        #expect(slices(of: exporter) == ["jobs@a"])
    }

    @Test func aClusterThatIsGoneIsAskedNoMore() async throws {
        let exporter = try exporter()
        var plan = plan(1, Self.good + "  - {name: b, base_url: \"http://127.0.0.1:1\"}\n", [])
        plan.upstreams = ["a", "b"].map { PlannedUpstream(cluster: $0, owner: "one") }
        #expect(await exporter.follow(plan, as: "one") == .entirely)
        #expect(exporter.upstreams.count == 2)
        plan.configuration = SharedConfiguration(yaml: Self.good)
        plan.upstreams.removeLast()
        #expect(await exporter.follow(plan, as: "one") == .entirely)
        #expect(exporter.upstreams.count == 1)
    }

    @Test func whoScrapesSeesIt() async throws {
        let exporter = try exporter()
        func figure() -> String {
            let lines = String(decoding: MetricsRenderer(.text).render(exporter.registry.tables()), as: UTF8.self)
                .split(separator: "\n")
            return String(lines.first { $0.hasPrefix("slurm_exporter_config_last_reload_successful") } ?? "")
        }
        for (revision, yaml, value) in [(1, Self.good, 1), (2, Self.bad, 0), (3, Self.good, 1)] {
            _ = await exporter.follow(plan(UInt64(revision), yaml, ["jobs"]), as: "one")
            #expect(figure() == "slurm_exporter_config_last_reload_successful \(value)")
        }
    }
}
