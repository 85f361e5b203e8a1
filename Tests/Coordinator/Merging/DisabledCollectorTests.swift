import Merging
import Metrics
import ServiceRuntime
import SnapshotFormat
import Testing

/// A plan says what slices are for; a configuration says which of their collectors run.
struct DisabledCollectorTests {
    private let now = MonotonicClock.Instant(sinceOrigin: .seconds(1000))

    private func slice(_ name: String, _ collectors: String...) -> ServedSlice {
        ServedSlice(
            name: name, shares: Set(collectors.map { .init(cluster: "alpha", collector: $0) }), addresses: ["http://a"])
    }

    private func document(_ slice: String, _ running: Set<String>, showing collectors: [String]) -> SnapshotDocument {
        let families = collectors.map { collector in
            var table = SeriesTable(
                MetricFamily(
                    MetricName(stringLiteral: "slurm_\(collector)_things"), .gauge, help: "Things.", merge: .sum,
                    feed: .jobs))
            let row = table.row()
            table.set(1, at: row)
            return FamilyState(cluster: "alpha", collector: collector, table: table)
        }
        let data = FeedState.Data(generation: 1, answered: 1, age: 0, lifetime: 60)
        return SnapshotDocument(
            slice: slice, generation: "\(running.count)", collectors: ["alpha": running],
            feeds: running.isEmpty ? [] : [FeedState(cluster: "alpha", feed: .jobs, isUp: true, data: data)],
            families: families)
    }

    @Test func aSliceWithoutCollectorsThatRunIsNotMissing() {
        var merger = FleetMerger(figures: [])
        merger.arrange([slice("jobs", "jobs"), slice("accounting", "accounting")])
        merger.take(document("jobs", ["jobs"], showing: ["jobs"]), of: "jobs", at: now)
        #expect(merger.merged(at: now).coverage == ["alpha": 0.5])
        merger.take(document("accounting", [], showing: []), of: "accounting", at: now)
        let merged = merger.merged(at: now)
        #expect(merged.coverage == ["alpha": 1])
        #expect(merged.gaps == 0)
    }

    @Test func familiesOfACollectorThatIsDisabledAreNotMissing() {
        var merger = FleetMerger(figures: [])
        merger.arrange([slice("jobs", "jobs", "users")])
        merger.take(document("jobs", ["jobs", "users"], showing: ["jobs", "users"]), of: "jobs", at: now)
        #expect(merger.merged(at: now).completeness["alpha"]?.count == 2)
        merger.take(document("jobs", ["jobs"], showing: ["jobs"]), of: "jobs", at: now)
        #expect(merger.merged(at: now).completeness == ["alpha": ["slurm_jobs_things": true]])
    }

    @Test func familiesOfACollectorThatRunsAreMissingWhereTheyAreNotShown() {
        var merger = FleetMerger(figures: [])
        merger.arrange([slice("jobs", "jobs", "users")])
        merger.take(document("jobs", ["jobs", "users"], showing: ["jobs", "users"]), of: "jobs", at: now)
        merger.take(document("jobs", ["jobs", "users"], showing: ["jobs"]), of: "jobs", at: now)
        #expect(merger.merged(at: now).completeness["alpha"]?["slurm_users_things"] == false)
    }
}
