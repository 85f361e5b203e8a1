import Locks
import Metrics
import ServiceRuntime
import Slurm
import Snapshots
import TestSupport
import Testing

@Suite struct MemoryGuardTests {
    /// Use in percent of the limit, second by second, and the level after each.
    @Test func itGoesDownBySteps() {
        var run = Run()
        #expect(
            run.levels([50, 84, 85, 90, 95]) == [.normal, .normal, .shedsDetailed, .shedsDetailed, .shedsDetailed])
        run.wait(8)
        #expect(run.levels([95, 96]) == [.shedsImportant, .shedsImportant])
        #expect(run.levels([300]) == [.shedsImportant])
    }

    @Test func itComesBackOnlyAfterAWhileWellBelow() {
        var run = Run()
        _ = run.levels([90])
        #expect(run.levels(Array(repeating: 69, count: 60)).allSatisfy { $0 == .shedsDetailed })
        #expect(run.levels([69]) == [.normal])
        _ = run.levels([90])
        #expect(
            run.levels(Array(repeating: 69, count: 59) + [70] + Array(repeating: 69, count: 60)).allSatisfy {
                $0 == .shedsDetailed
            })
    }

    @Test func itComesBackOneLevelAtATime() {
        var run = Run()
        _ = run.levels([99])
        run.wait(10)
        #expect(run.levels([99]) == [.shedsImportant])
        let levels = run.levels(Array(repeating: 10, count: 130))
        #expect(levels.filter { $0 == .shedsImportant }.count == 60)
        #expect(levels.filter { $0 == .shedsDetailed }.count == 60)
        #expect(levels.last == .normal)
    }

    private struct Run {
        private var memoryGuard = MemoryGuard()
        private var now = MonotonicClock.Instant(sinceOrigin: .seconds(100))

        mutating func wait(_ seconds: Int) {
            now = now.advanced(by: .seconds(seconds))
        }

        mutating func levels(_ percents: [UInt64]) -> [MemoryGuard.Level] {
            percents.map { percent in
                memoryGuard.observe(used: percent, limit: 100, at: now)
                wait(1)
                return memoryGuard.level
            }
        }
    }

    @Test func whatHasNoRoomIsNotShownAndComesBack() async throws {
        let used = Locked<UInt64>(50)
        let time = ManualClock()
        let registry = MetricRegistry()
        let snapshots = Snapshots(SnapshotSettings(), registry: registry, clock: time.clock, wallClock: time.wallClock)
        {
            MemoryReading(used: used.withLock { $0 }, limit: 100)
        }
        func publish(_ generation: UInt64) async {
            let tables = [
                gauge("slurm_a", [], level: .critical, [[]: 1]), gauge("slurm_b", [], level: .important, [[]: 1]),
                gauge("slurm_c", ["x"], level: .detailed, [["1"]: 1, ["2"]: 1]),
            ]
            await snapshots.publish(
                FeedSnapshot(
                    cluster: "alpha", feed: .jobs, generation: generation, answered: .init(0), taken: time.now,
                    lifetime: .seconds(1000), collectors: [CollectorTables(collector: "jobs", tables: tables)]),
                took: .zero)
        }
        func shown() async -> [String] {
            let text = String(decoding: await snapshots.exposition(.text), as: UTF8.self)
            return ["slurm_a{", "slurm_b{", "slurm_c{"].filter(text.contains)
        }
        await publish(1)
        #expect(await shown() == ["slurm_a{", "slurm_b{", "slurm_c{"])
        used.withLock { $0 = 90 }
        await snapshots.checkMemory()
        #expect(await shown() == ["slurm_a{", "slurm_b{"] && snapshots.memoryLevel == .shedsDetailed)
        time.advance(by: .seconds(10))
        used.withLock { $0 = 99 }
        await publish(2)
        #expect(await shown() == ["slurm_a{"])
        let own = String(decoding: await snapshots.exposition(.text), as: UTF8.self)
        #expect(
            own.contains("slurm_exporter_memory_guard_level 2\n")
                && own.contains("slurm_exporter_memory_usage_bytes 99\n"))
        #expect(own.contains("slurm_exporter_series_dropped_total{family=\"slurm_c\",reason=\"memory\"} 4\n"))
        used.withLock { $0 = 10 }
        for _ in 0..<3 {
            await snapshots.checkMemory()
            time.advance(by: .seconds(61))
        }
        #expect(snapshots.memoryLevel == .normal)
        await publish(3)
        #expect(await shown() == ["slurm_a{", "slurm_b{", "slurm_c{"])
    }
}
