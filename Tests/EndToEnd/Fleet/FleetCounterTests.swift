import Foundation
import TestSupport
import Testing

/// Counters go on where they stood, whoever counts: killed, drained or moved.
struct FleetCounterTests {
    private static let accounting = "collectors: {accounting: {lookback: 1d, overlap: 15m, max_window: 1d}}\n"

    @Test(arguments: ["category", "partition"]) func killsNeitherLoseNorDoubleWhatIsCounted(split: String) async throws
    {
        let simulator = try await RunningSimulator("--versions", "v0.0.44", jobs: 150)
        let fleet = try await RunningFleet(
            of: simulator, shards: 3, fleet: "  split: \(split)\n  groups: {gpu: [\"gpu*\"]}\n", Self.accounting)
        try await fleet.settles()
        let watch = CounterWatch(fleet)
        defer { watch.end() }
        var ledger = EventLedger()
        ledger.begin(try await simulator.truth())
        for round in 1...4 * RunningFleet.rounds {
            try await simulator.step()
            ledger.add(try await simulator.truth())
            switch round % 4 {
            case 1: try await killOwner(of: "accounting", fleet, round)
            case 2: try await killOwner(of: "jobs", fleet, round)
            case 3: try await drainOwner(of: "accounting", fleet, round)
            default: break
            }
            try await expectTruth(fleet, ledger, try await AccountingFigures.read(simulator))
        }
        #expect(!ledger.isEmpty)
        #expect(watch.steps.isEmpty, "\(watch.steps.prefix(5))")
        #expect(watch.scrapes > 10)
    }

    private func killOwner(of collector: String, _ fleet: RunningFleet, _ round: Int) async throws {
        try fleet.start("new-\(round)")
        fleet.kill(try await owner(of: collector, fleet))
        try await fleet.settles()
    }

    private func drainOwner(of collector: String, _ fleet: RunningFleet, _ round: Int) async throws {
        try fleet.start("new-\(round)")
        _ = try await fleet.stop(try await owner(of: collector, fleet))
        try await fleet.settles()
    }

    private func owner(of collector: String, _ fleet: RunningFleet) async throws -> String {
        let slices = try await fleet.status().slices
        return try #require(slices.first { $0.collectors.contains(collector) }?.owner)
    }

    private func expectTruth(_ fleet: RunningFleet, _ ledger: EventLedger, _ truth: AccountingFigures) async throws {
        var differences = ["nothing was compared"]
        _ = try await eventually(within: .seconds(30)) {
            let scrape = try await fleet.federated()
            differences =
                Audit([], version: 44).differences(between: scrape, and: ledger) + truth.differences(from: scrape)
            return differences.isEmpty
        }
        try #require(differences == [], "\(differences.prefix(10))")
    }
}

/// Looks at `/federate` all the time, for counters that go back.
private final class CounterWatch: @unchecked Sendable {
    private var highest: [String: Double] = [:]
    private var found: [String] = []
    private var count = 0
    private let lock = NSLock()
    private var looking: Repetition?

    init(_ fleet: RunningFleet) {
        looking = Repetition { [self] in
            if let scrape = try? await fleet.federated() { look(at: scrape) }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    func end() { looking?.end() }

    var steps: [String] { lock.withLock { found } }
    var scrapes: Int { lock.withLock { count } }

    private func look(at scrape: Scrape) {
        lock.withLock {
            count += 1
            for name in scrape.counters where !Self.isSlurms(name) {
                for (labels, value) in scrape.series(name) {
                    let series = "\(name) \(labels.sorted { $0.key < $1.key })"
                    if let before = highest[series], before > value {
                        found.append("\(series) went from \(before) to \(value)")
                    }
                    highest[series] = value
                }
            }
        }
    }

    /// Counters of the controller's and the database's own.
    private static func isSlurms(_ name: String) -> Bool {
        ["slurm_scheduler_", "slurm_rpc_", "slurm_backfill_", "slurm_slurmdbd_", "slurm_fleet_"].contains {
            name.hasPrefix($0)
        }
    }
}
