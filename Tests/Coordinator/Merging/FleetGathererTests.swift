import FederatedSeries
import Federation
import HTTP
import HTTPClient
import HTTPServer
import Locks
import Metrics
import Selectors
import ServiceRuntime
import Slurm
import SnapshotFormat
import Snapshots
import TestSupport
import Testing

import enum HTTPServer.Answer

@testable import Merging

/// A shard as the coordinator sees it: the documents of its one slice, over a real connection.
private final class Shard: Sendable {
    typealias Fault = @Sendable (_ document: [UInt8]) -> Answer

    let snapshots: Snapshots
    private let fault = Locked<(document: [UInt8], fault: Fault)?>(nil)
    private let server: HTTPServer
    private let slice: String

    init(_ slice: String) throws {
        self.slice = slice
        var settings = SnapshotSettings()
        settings.slice = slice
        let snapshots = Snapshots(settings, registry: MetricRegistry())
        self.snapshots = snapshots
        var router = Router()
        try router.add(.get, "/snapshots/{slice}") { [fault] request in
            guard let (document, fault) = fault.withLock({ $0 }) else { return snapshots.document(for: request) }
            return fault(document)
        }
        server = try HTTPServer(on: [.exactly(.ipv4(0x7F00_0001, port: 0))], responder: router)
    }

    var served: ServedSlice {
        ServedSlice(
            name: slice, shares: [.init(cluster: "alpha", collector: "jobs")],
            addresses: [
                "http://127.0.0.1:1/nobody", "http://127.0.0.1:\(server.addresses[0].port!)/snapshots/\(slice)",
            ])
    }

    /// Whatever is published, this is answered of what there is now.
    func answer(_ fault: @escaping Fault) async throws {
        let response = try await HTTPClient().send(try HTTPClient.Request(.get, served.addresses[1]))
        let document = try await response.body.collect(upTo: 1 << 20)
        self.fault.withLock { $0 = (document, fault) }
    }

    func recover() { fault.withLock { $0 = nil } }

    func publish(_ jobs: Double, generation: UInt64, lifetime: Duration = .seconds(90)) async {
        let family = MetricFamily(
            "slurm_jobs_pending", .gauge, help: "Jobs.", labels: ["partition"], merge: .sum, feed: .jobs)
        var table = SeriesTable(family)
        let row = table.row("gpu")
        table.set(jobs, at: row)
        await snapshots.publish(
            FeedSnapshot(
                cluster: "alpha", feed: .jobs, generation: generation,
                answered: Timestamp(1_700_000_000 + Int64(generation)),
                taken: MonotonicClock.system.now, lifetime: lifetime,
                collectors: [CollectorTables(collector: "jobs", tables: [table])]), took: .zero)
    }
}

/// Slices that stay where they are.
private struct FixedSlices: SliceDirectory {
    let slices: [ServedSlice]?
}

/// Slices that are forgotten at some time, as with the plan they are in.
private final class LostSlices: SliceDirectory {
    private let known: Locked<[ServedSlice]?>

    init(_ slices: [ServedSlice]) { known = Locked(slices) }

    var slices: [ServedSlice]? { known.withLock { $0 } }

    func lose() { known.withLock { $0 = nil } }
}

struct FleetGathererTests {
    private func shown(_ federation: Federation, _ selector: String) throws -> [String] {
        var rendering = federation.generation.select([try Selector(selector)]).rendering(
            .text, AnswerSettings(), now: 0)
        var text = ""
        while let piece = rendering.next() { text += String(decoding: piece, as: UTF8.self) }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    /// Shows what it gathers of some shards, as long as somebody looks.
    private func gathering(
        _ shards: [Shard], in directory: (any SliceDirectory)? = nil, pace: Duration? = nil,
        _ settings: FleetGatherer.Settings,
        _ look: (Federation, FleetGatherer) async throws -> Void
    ) async throws {
        let federation = Federation()
        federation.arrange([FleetGatherer.source])
        let gatherer = FleetGatherer(
            directory ?? FixedSlices(slices: shards.map(\.served)), figures: [], federation: federation,
            settings: settings,
            logger: CollectedLog().log().logger("test"), pace: { pace ?? settings.interval })
        let work = Task { try await gatherer.run() }
        defer { work.cancel() }
        try await look(federation, gatherer)
        work.cancel()
        _ = try? await work.value
    }

    private static func settings(_ change: (inout FleetGatherer.Settings) -> Void = { _ in }) -> FleetGatherer.Settings
    {
        var settings = FleetGatherer.Settings()
        settings.interval = .milliseconds(50)
        change(&settings)
        return settings
    }

    @Test func showsTheFleetAsOne() async throws {
        let shards = [try Shard("one"), try Shard("two")]
        await shards[0].publish(3, generation: 1)
        await shards[1].publish(4, generation: 1)
        try await gathering(shards, Self.settings()) { federation, _ async throws in
            let label = #"cluster="alpha",job="slurm-exporter",partition="gpu",instance="""#
            func comesToShow(_ number: Int) async -> Bool {
                await eventually {
                    (try? shown(federation, "slurm_jobs_pending")) == ["slurm_jobs_pending{\(label)} \(number)"]
                }
            }
            #expect(await comesToShow(7))
            #expect(try shown(federation, "slurm:partition_queue_depth") == ["slurm:partition_queue_depth{\(label)} 7"])
            #expect(
                try shown(federation, "slurm_fleet_coverage_ratio")
                    == [#"slurm_fleet_coverage_ratio{cluster="alpha",job="slurm-exporter",instance=""} 1"#])
            // As long as one of them has not got it, the generation before is shown whole.
            let before = ObjectIdentifier(federation.generation)
            await shards[0].publish(10, generation: 2)
            let isNew = await eventually { ObjectIdentifier(federation.generation) != before }
            #expect(isNew)
            #expect(await comesToShow(7))
            await shards[1].publish(20, generation: 2)
            #expect(await comesToShow(30))
        }
    }

    private static let faults: KeyValuePairs = [
        "an error": "status", "nothing there": "status", "a page": "document_", "nothing": "document_",
        "a cut document": "document_", "half a document": "document_", "a document twice": "document_",
        "no UTF-8": "document_", "zeros": "document_", "no gzip": "",
        "an end before the length": "",
        "a reset": "", "a hang": "", "no end": "",
    ]

    /// What a shard answers in place of a document.
    private static func answer(_ fault: String, _ document: [UInt8]) -> Answer {
        switch fault {
        case "an error": .response(Response(.internalServerError))
        case "nothing there": .response(Response(.notFound, body: document))
        case "a page": .response(Response(.ok, text: "<!DOCTYPE html>"))
        case "nothing": .response(Response(.ok, body: []))
        case "a cut document": .response(Response(.ok, body: Array(document.dropLast(9))))
        case "half a document": .response(Response(.ok, body: Array(document.prefix(document.count / 2))))
        case "a document twice": .response(Response(.ok, body: document + document))
        case "no UTF-8": .response(Response(.ok, body: [0xFF, 0xFE] + document))
        case "zeros": .response(Response(.ok, body: [UInt8](repeating: 0, count: document.count)))
        case "no gzip": .response(Response(.ok, ["Content-Encoding": "gzip"], body: document))
        case "a reset": .work { writer in writer.abort() }
        case "a hang": .work { _ in try await Task.sleep(for: .seconds(60)) }
        case "no end": .work { writer in while true { try await writer.write([UInt8](repeating: 35, count: 1 << 16)) } }
        default:
            .work { writer in
                writer.start(.ok, length: document.count + 1)
                try await writer.write(document)
            }
        }
    }

    /// What was there is shown until it is too old, and what comes after the fault at once.
    @Test(arguments: faults.map { ($0.key, $0.value) })
    func aBrokenDocumentChangesNothing(fault: String, label: String) async throws {
        let shards = [try Shard("one"), try Shard("two")]
        for shard in shards { await shard.publish(3, generation: 1) }
        try await gathering(shards, Self.settings({ $0.timeout = .milliseconds(500) })) {
            federation, gatherer async throws in
            func shows(_ number: Int) -> Bool {
                (try? shown(federation, "slurm_jobs_pending"))?.map { $0.suffix(2) } == [" \(number)"]
            }
            let isShown = await eventually { shows(6) }
            #expect(isShown)
            try await shards[1].answer { Self.answer(fault, $0) }
            for shard in shards { await shard.publish(4, generation: 2) }
            let isCounted = await eventually {
                gatherer.state.withLock { state in
                    state.errors.filter { $0.key.hasPrefix(label) }.values.reduce(0, +) > 1
                }
            }
            #expect(isCounted, "\(fault)")
            #expect(shows(6), "\(fault)")
            shards[1].recover()
            let isBack = await eventually { shows(8) }
            #expect(isBack, "\(fault)")
        }
    }

    @Test func whatIsComputedIsAsCompleteAsWhatItIsComputedOf() async throws {
        let shards = [try Shard("one"), try Shard("two")]
        await shards[0].publish(3, generation: 1)
        let settings = Self.settings { $0.patience.whole = .milliseconds(100) }
        try await gathering(shards, settings) { federation, _ async throws in
            func comesToSay(_ number: Int) async -> Bool {
                await eventually {
                    let said = try? shown(
                        federation, #"slurm_fleet_family_complete{family="slurm:partition_queue_depth"}"#)
                    return said?.count == 1 && said?[0].hasSuffix(" \(number)") == true
                }
            }
            #expect(await comesToSay(0))
            #expect(try shown(federation, "slurm:partition_queue_depth").isEmpty)
            await shards[1].publish(4, generation: 1)
            #expect(await comesToSay(1))
            // Nobody counts CPUs here.
            #expect(
                try shown(federation, #"slurm_fleet_family_complete{family="slurm:cluster_cpu_utilization_ratio"}"#)
                    .isEmpty
            )
        }
    }

    /// As a standby does, whose rounds are far apart.
    @Test func whomSomebodyIsMissingForHasToldAllThatThereIs() async throws {
        let shards = [try Shard("one"), try Shard("two")]
        for shard in shards { await shard.publish(3, generation: 1) }
        let settings = Self.settings { $0.patience.whole = .seconds(60) }
        try await gathering(shards, pace: .seconds(60), settings) { federation, gatherer in
            let isShown = await eventually { federation.waitingFor.isEmpty }
            #expect(isShown)
            try await shards[1].answer { _ in .response(Response(.serviceUnavailable)) }
            for (generation, value) in [(UInt64(2), [" 6"]), (3, [])] {
                await shards[0].publish(5, generation: generation)
                let start = MonotonicClock.system.now
                await gatherer.refresh(to: .zero, before: start.advanced(by: .seconds(60)))
                let took = start.duration(to: MonotonicClock.system.now)
                #expect(took < .seconds(30), "\(took)")
                #expect(try shown(federation, "slurm_jobs_pending").map { $0.suffix(2) } == value.map { $0[...] })
            }
        }
    }

    /// Another coordinator may have shown what is newer.
    @Test func whatWasNotHeardSinceAnotherLedIsNotShown() async throws {
        let shards = [try Shard("one"), try Shard("two")]
        for shard in shards { await shard.publish(3, generation: 1) }
        try await gathering(shards, Self.settings()) { federation, gatherer in
            let isShown = await eventually { federation.waitingFor.isEmpty }
            #expect(isShown)
            try await shards[1].answer { _ in .response(Response(.serviceUnavailable)) }
            let floor = MonotonicClock.system.now
            func refresh() async {
                await gatherer.refresh(
                    to: .seconds(5), nothingHeardBefore: floor,
                    before: MonotonicClock.system.now.advanced(by: .seconds(20)))
            }
            #expect(!gatherer.isCurrent(to: .seconds(5), nothingHeardBefore: floor))
            await refresh()
            #expect(try shown(federation, "slurm_jobs_pending") == [])
            #expect(try shown(federation, "slurm_fleet_family_complete").allSatisfy { $0.hasSuffix(" 0") })
            #expect(gatherer.isCurrent(to: .seconds(5), nothingHeardBefore: floor))
            // It has nothing new to tell.
            shards[1].recover()
            let isBack = await eventually {
                (try? shown(federation, "slurm_jobs_pending").map { $0.suffix(2) }) == [" 6"]
            }
            #expect(isBack)
        }
    }

    @Test func asLongAsNobodyKnowsWhichSlicesThereAreThoseThatWereAreAsked() async throws {
        let shard = try Shard("one")
        await shard.publish(3, generation: 1)
        let directory = LostSlices([shard.served])
        try await gathering([], in: directory, Self.settings()) { federation, gatherer in
            let isShown = await eventually { federation.waitingFor.isEmpty }
            #expect(isShown)
            directory.lose()
            await shard.publish(4, generation: 2)
            let now = MonotonicClock.system.now
            await gatherer.refresh(to: .zero, nothingHeardBefore: now, before: now.advanced(by: .seconds(20)))
            #expect(try shown(federation, "slurm_jobs_pending").map { $0.suffix(2) } == [" 4"])
            // Whoever hangs is left out in time.
            try await shard.answer { _ in .work { _ in try await Task.sleep(for: .seconds(60)) } }
            let then = MonotonicClock.system.now
            await gatherer.refresh(to: .zero, nothingHeardBefore: then, before: then.advanced(by: .milliseconds(500)))
            #expect(try shown(federation, "slurm_jobs_pending") == [])
        }
    }

    @Test func whoIsNotHeardIsLeftOutHoweverLongThatTakes() async throws {
        let shard = try Shard("one")
        await shard.publish(3, generation: 1)
        var settings = Self.settings()
        settings.patience.publication = .zero
        try await gathering([shard], settings) { federation, gatherer in
            let isShown = await eventually { federation.waitingFor.isEmpty }
            #expect(isShown)
            try await shard.answer { _ in .work { _ in try await Task.sleep(for: .seconds(60)) } }
            let now = MonotonicClock.system.now
            await gatherer.refresh(to: .zero, nothingHeardBefore: now, before: now.advanced(by: .milliseconds(100)))
            #expect(try shown(federation, "slurm_jobs_pending") == [])
        }
    }

    @Test func neverShowsAPartBecauseTheWholeHasRunOut() async throws {
        let shards = [try Shard("one"), try Shard("two")]
        try await gathering(shards, pace: .seconds(60), Self.settings()) { federation, _ async throws in
            var seen: Set<[String]> = []
            var published: ContinuousClock.Instant?
            for generation in 1...30 {
                let before = published
                published = .now
                for shard in shards { await shard.publish(3, generation: UInt64(generation), lifetime: .seconds(2)) }
                if generation == 1 {
                    let isShown = await eventually { federation.waitingFor.isEmpty }
                    #expect(isShown)
                }
                let look = try shown(federation, "slurm_jobs_pending")
                // What was published long ago may have run out before anybody had asked for the next.
                if before.map({ $0.duration(to: .now) < .seconds(1) }) ?? true { seen.insert(look) }
                try await Task.sleep(for: .milliseconds(150))
            }
            #expect(seen.count == 1 && seen.first?.count == 1, "\(seen)")
        }
    }

    @Test func aSliceThatHasNothingYetIsWaitedFor() async throws {
        let shards = [try Shard("one"), try Shard("two")]
        await shards[0].publish(3, generation: 1)
        let settings = Self.settings { ($0.interval, $0.patience.whole) = (.milliseconds(20), .seconds(60)) }
        try await gathering(shards, settings) { federation, gatherer in
            await gatherer.refresh(to: .zero, before: MonotonicClock.system.now.advanced(by: .seconds(1)))
            #expect(!federation.waitingFor.isEmpty && !gatherer.isCurrent(to: .seconds(60)))
            await shards[1].publish(4, generation: 1)
            let isShown = await eventually { federation.waitingFor.isEmpty }
            #expect(isShown)
            #expect(try shown(federation, "slurm_jobs_pending").map { $0.suffix(2) } == [" 7"])
            #expect(gatherer.isCurrent(to: .seconds(60)))
            // What came since isn't shown yet, so what is shown gets old.
            for generation in 2...4 {
                await shards[0].publish(5, generation: UInt64(generation))
                try await Task.sleep(for: .milliseconds(300))
            }
            #expect(!gatherer.isCurrent(to: .milliseconds(100)))
            #expect(try shown(federation, "slurm_jobs_pending").map { $0.suffix(2) } == [" 7"])
        }
    }
}
