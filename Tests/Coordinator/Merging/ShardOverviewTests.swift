import Federation
import HTTP
import HTTPServer
import Locks
import Metrics
import ServiceRuntime
import Slurm
import SnapshotFormat
import Snapshots
import TestSupport
import Testing

import enum HTTPServer.Answer

@testable import Merging

/// A shard of several slices that counts what it is asked, over real connections.
private final class Shard: Sendable {
    /// What it answers when it is asked what its slices are at; nil for the truth.
    typealias Fault = @Sendable () -> Answer

    /// Without those who were told that nothing is new: whoever isn't told so in time asks again for everything.
    let asked = Locked<[String: Int]>([:])
    let isAway = Locked<String?>(nil)
    private let slices: [String: Snapshots]
    private let server: HTTPServer

    init(_ names: [String], fault: Fault? = nil) throws {
        let slices = Dictionary(
            uniqueKeysWithValues: names.map { name in
                var settings = SnapshotSettings()
                settings.slice = name
                return (name, Snapshots(settings, registry: MetricRegistry()))
            })
        self.slices = slices
        var router = Router()
        try router.add(.get, "/snapshots") { [asked, isAway] _ in
            asked.withLock { $0["overview", default: 0] += 1 }
            if let fault { return fault() }
            return .work { writer in
                var overview = SnapshotOverview(tags: [:])
                let away = isAway.withLock { $0 }
                for (name, snapshots) in slices where name != away {
                    overview.tags[name] = await snapshots.documentTag
                }
                writer.respond(Response(.ok, body: try overview.bytes))
            }
        }
        try router.add(.get, "/snapshots/{slice}") { [asked, isAway] request in
            let name = request.parameters["slice"]
            guard isAway.withLock({ $0 }) != name, let snapshots = slices[name] else {
                return .response(Response(.notFound))
            }
            return .work { writer in
                let tag = await snapshots.documentTag
                let isKnown = tag != nil && request.fields.combined("If-None-Match") == tag
                if !isKnown { asked.withLock { $0[name, default: 0] += 1 } }
                guard case .work(_, let work) = snapshots.document(for: request) else {
                    return writer.respond(Response(.notFound))
                }
                try await work(writer)
            }
        }
        server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
    }

    private var url: String { "http://127.0.0.1:\(server.addresses[0].port!)/snapshots" }

    /// - Parameter other: who has the slices, too.
    func served(besides other: Shard? = nil) -> [ServedSlice] {
        slices.keys.sorted().map { name in
            ServedSlice(
                name: name, shares: [.init(cluster: "alpha", collector: "jobs")],
                addresses: [self, other].compactMap { $0?.url }.map { "\($0)/\(name)" }, overview: url)
        }
    }

    func publish(_ jobs: Double, in slice: String, generation: UInt64) async {
        let family = MetricFamily(
            "slurm_jobs_pending", .gauge, help: "Jobs.", labels: ["partition"], merge: .sum, feed: .jobs)
        var table = SeriesTable(family)
        let row = table.row("gpu")
        table.set(jobs, at: row)
        await slices[slice]!.publish(
            FeedSnapshot(
                cluster: "alpha", feed: .jobs, generation: generation,
                answered: Timestamp(1_700_000_000 + Int64(generation)), taken: MonotonicClock.system.now,
                lifetime: .seconds(90), collectors: [CollectorTables(collector: "jobs", tables: [table])]),
            took: .zero)
    }

    func publish(_ jobs: Double, generation: UInt64) async {
        for slice in slices.keys { await publish(jobs, in: slice, generation: generation) }
    }

    func questions(_ name: String) -> Int { asked.withLock { $0[name] ?? 0 } }
}

private struct FixedSlices: SliceDirectory {
    let slices: [ServedSlice]?
}

struct ShardOverviewTests {
    private static let names = ["one", "two", "three"]

    private func gathering(
        _ slices: [ServedSlice], _ look: (FleetGatherer, _ shows: @Sendable (Double) -> Bool) async throws -> Void
    ) async throws {
        let federation = Federation()
        federation.arrange([FleetGatherer.source])
        var settings = FleetGatherer.Settings()
        settings.interval = .milliseconds(50)
        let shown = Locked<Double?>(nil)
        let gatherer = FleetGatherer(
            FixedSlices(slices: slices), figures: [], federation: federation, settings: settings,
            logger: CollectedLog().log().logger("test"),
            onMerge: { fleet in shown.withLock { $0 = fleet.pendingJobs } })
        let work = Task { try await gatherer.run() }
        defer { work.cancel() }
        try await look(gatherer) { number in shown.withLock { $0 } == number }
        work.cancel()
        _ = try? await work.value
    }

    @Test func onlyWhatHasChangedIsAskedFor() async throws {
        let shard = try Shard(Self.names)
        await shard.publish(1, generation: 1)
        try await gathering(shard.served()) { gatherer, shows in
            let isShown = await eventually { shows(3) }
            #expect(isShown)
            let before = (shard.questions("overview"), Self.names.map(shard.questions))
            let isAskedOn = await eventually { shard.questions("overview") > before.0 + 5 }
            #expect(isAskedOn)
            #expect(Self.names.map(shard.questions) == before.1)
            #expect(gatherer.isCurrent(to: .seconds(1)))
            for slice in Self.names { await shard.publish(5, in: slice, generation: 2) }
            let isNew = await eventually { shows(15) }
            #expect(isNew)
            await shard.publish(6, in: "two", generation: 3)
            let isAsked = await eventually { shard.questions("two") == before.1[1] + 2 }
            #expect(isAsked)
            #expect(shard.questions("one") == before.1[0] + 1)
        }
    }

    private static let faults: KeyValuePairs<String, Shard.Fault> = [
        "nobody": { .response(Response(.notFound)) },
        "a page": { .response(Response(.ok, text: "<!DOCTYPE html>")) },
        "other words": { .response(Response(.ok, text: #"{"tags":{"one":7}}"#)) },
        "nothing of them": { .response(Response(.ok, text: #"{"tags":{}}"#)) },
        "a reset": { .work { $0.abort() } },
        "a hang": { .work { _ in try await Task.sleep(for: .seconds(60)) } },
        "no end": { .work { writer in while true { try await writer.write([UInt8](repeating: 35, count: 1 << 16)) } } },
    ]

    @Test(arguments: faults.map(\.key)) func aShardThatDoesNotTellIsAskedForEach(_ fault: String) async throws {
        let shard = try Shard(Self.names, fault: Self.faults.first { $0.key == fault }!.value)
        await shard.publish(1, generation: 1)
        try await gathering(shard.served()) { _, shows in
            let isShown = await eventually { shows(3) }
            #expect(isShown)
            await shard.publish(5, generation: 2)
            let isNew = await eventually { shows(15) }
            #expect(isNew)
        }
    }

    @Test func whatAShardHasNoLongerIsAskedOfTheOther() async throws {
        let (shard, other) = (try Shard(Self.names), try Shard(Self.names))
        await shard.publish(1, generation: 1)
        await other.publish(2, generation: 2)
        try await gathering(shard.served(besides: other)) { _, shows in
            let isShown = await eventually { shows(3) }
            #expect(isShown)
            shard.isAway.withLock { $0 = "two" }
            let isAsked = await eventually { other.questions("two") > 0 }
            #expect(isAsked)
            for slice in ["one", "three"] { await shard.publish(2, in: slice, generation: 2) }
            let isNew = await eventually { shows(6) }
            #expect(isNew)
        }
    }
}

extension MergedFleet {
    fileprivate var pendingJobs: Double? {
        let table = tables.first?.tables.first { $0.family.name == "slurm_jobs_pending" }
        return table.flatMap { table in table.rows.first.map { table.cells(at: $0)[0] } }
    }
}
