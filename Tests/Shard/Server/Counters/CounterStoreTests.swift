import Foundation
import Metrics
import ServiceRuntime
import SnapshotFormat
import TestSupport
import Testing

@testable import slurm_shard

struct CounterStoreTests {
    private let directory: TemporaryDirectory
    private let store: CounterStore

    init() throws {
        directory = try TemporaryDirectory()
        store = CounterStore(directory: directory.path("state"))
    }

    private func states(of cluster: String = "alpha") -> [CountingState] {
        var table = SeriesTable(
            MetricFamily("slurm_accounting_jobs_total", .counter, help: "Jobs.", labels: ["state"], feed: .accounting))
        table.set(5, at: table.row("completed"))
        let state = CounterState(
            name: "ended_jobs", numbers: ["since": 7], marks: [1, 2, 3, 4], markWidth: 4, levels: [table])
        return [CountingState(cluster: cluster, collector: "accounting", feed: .accounting, state: state)]
    }

    private func failure(of cluster: String = "alpha") -> CounterStore.Failure.Kind? {
        do throws(CounterStore.Failure) { _ = try store.load(.accounting, of: cluster) } catch { return error.kind }
        return nil
    }

    @Test(arguments: ["alpha", "", "../up", "a/b c", "ü"]) func whatIsKeptIsFound(cluster: String) throws {
        #expect(try store.load(.accounting, of: cluster) == nil)
        try store.save(states(of: cluster), .accounting, of: cluster)
        let found = try #require(try store.load(.accounting, of: cluster))
        #expect(found.map(\.cluster) == [cluster] && found.map(\.state.marks) == [[1, 2, 3, 4]])
        #expect(found[0].state.levels.map(\.count) == [1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: store.directory).count == 1)
        #expect(try store.load(.jobs, of: cluster) == nil)
    }

    @Test func namesAreNotMixedUp() {
        let paths = ["a", "A", "a.b", "a/b", "a%2fb", "auto", ""].map { store.path(.jobs, $0) }
        // A cluster may be called so; its file is that of the one without a name, and then foreign to it.
        #expect(Set(paths).count == 6)
    }

    @Test func anyDamageIsNoticed() throws {
        try store.save(states(), .accounting, of: "alpha")
        let path = store.path(.accounting, "alpha")
        let good = try #require(try DurableFile.read(path, limit: 1 << 20))
        for place in stride(from: 10, to: good.count, by: 7) {
            var bad = good
            bad[place] ^= 0x10
            try DurableFile.write(bad, to: path)
            #expect(failure() == .corrupt, "byte \(place)")
        }
        for length in [0, 1, good.count / 2, good.count - 1] {
            try DurableFile.write(Array(good[..<length]), to: path)
            #expect(failure() == .corrupt, "\(length) bytes")
        }
    }

    @Test func anothersCountersAreForeign() throws {
        try store.save(states(of: "beta"), .accounting, of: "alpha")
        #expect(failure() == .foreign)
    }

    @Test func aKeeperSetsAsideWhatItCanNotUse() throws {
        let (registry, log) = (MetricRegistry(), CollectedLog())
        let keeper = CounterKeeper(store.directory, registry: registry, logger: log.log().logger("counters"))
        #expect(keeper.load(.accounting, of: "alpha").isEmpty)
        try store.save(states(), .accounting, of: "alpha")
        #expect(keeper.load(.accounting, of: "alpha").count == 1)
        try DurableFile.write([1, 2, 3], to: store.path(.accounting, "alpha"))
        #expect(keeper.load(.accounting, of: "alpha").isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: store.directory)
        #expect(names.count == 1 && names[0].contains(".corrupt-"))
        #expect(value(of: "slurm_exporter_state_set_aside_total", "corrupt", registry) == 1)
        #expect(log.lines.contains { $0.contains("counting begins anew") })
    }

    @Test func whatCanNotBeKeptIsNotShown() throws {
        // A file stands where the directory should be, which stops root, too.
        _ = try directory.write("", to: "state")
        let (registry, log) = (MetricRegistry(), CollectedLog())
        let keeper = CounterKeeper(store.directory, registry: registry, logger: log.log().logger("counters"))
        #expect(!keeper.keep(states(), .accounting, of: "alpha"))
        #expect(value(of: "slurm_exporter_state_write_errors_total", nil, registry) == 1)
        #expect(keeper.keep([], .accounting, of: "alpha"))
        #expect(CounterKeeper(nil, registry: registry, logger: log.log().logger("x")).keep(states(), .jobs, of: ""))
    }

    private func value(of name: String, _ label: String?, _ registry: MetricRegistry) -> Double? {
        guard let table = registry.tables().first(where: { $0.family.name.text == name }) else { return nil }
        let row = table.rows.first { row in label.map { table.labels(at: row).map(\.value) == [$0] } ?? true }
        return row.map { table.value(at: $0) }
    }
}
