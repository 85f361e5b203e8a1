import Metrics
import SnapshotFormat
import Snapshots
import TestSupport
import Testing

func readDocument(_ text: String) throws -> SnapshotDocument {
    try SnapshotReader.document(of: Array(text.utf8))
}

@Suite struct DocumentTests {
    @Test func itHasEverythingUnderCanonicalNames() async throws {
        var settings = SnapshotSettings()
        settings.prefix = try MetricPrefix(validating: "site_")
        settings.slice = "jobs-gpu"
        let scene = try Scene(settings)
        scene.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs, .partitions])], of: "alpha")
        var ended = SeriesTable(
            MetricFamily("slurm_jobs_ended_total", .counter, help: "Ended.", labels: ["state"], feed: .jobs))
        ended.set(5, at: ended.row("failed"))
        ended.setCreated(1_600_000_000, at: ended.row("failed"))
        await scene.publish([ended], generation: 12)
        scene.snapshots.failed(.jobs, of: "alpha", error: "timeout", took: .seconds(1))
        scene.time.advance(by: .seconds(4))
        let document = try readDocument(try await scene.get("/snapshots/jobs-gpu").body)
        #expect(document.slice == "jobs-gpu")
        #expect(
            document.feeds == [
                FeedState(
                    cluster: "alpha", feed: .jobs, isUp: false,
                    data: .init(generation: 12, answered: 1_700_000_000, age: 4, lifetime: 90)),
                FeedState(cluster: "alpha", feed: .partitions, isUp: false),
            ])
        let family = try #require(document.families.first)
        #expect(family.table.family == ended.family && family.cluster == "alpha" && family.collector == "jobs")
        #expect(
            MetricsRenderer(.openMetrics).render([family.table]) == MetricsRenderer(.openMetrics).render([ended]))
        #expect(try await scene.get("/metrics").body.contains("site_jobs_ended_total{"))
    }

    /// Also when it is too old to be shown: a successor must not begin anew.
    @Test func countersCanBeCountedOnFromIt() async throws {
        let scene = try Scene()
        let state = CounterState(name: "x", numbers: ["since": 1], marks: [1, 2], markWidth: 2, levels: [])
        await scene.publish([gauge("slurm_jobs", [], [[]: 1])], states: ["jobs": state])
        scene.time.advance(by: .seconds(1000))
        let document = try readDocument(try await scene.get("/snapshots/all").body)
        #expect(document.families.isEmpty && document.states.map(\.state.marks) == [[1, 2]])
        #expect(document.states.map(\.collector) == ["jobs"])
    }

    @Test func aClientThatHasItGetsNothing() async throws {
        let scene = try Scene()
        scene.snapshots.expect([ExpectedCollector("jobs", feeds: [.jobs])], of: "alpha")
        await scene.publish([gauge("slurm_jobs", [], [[]: 1])])
        let tag = try #require(try await scene.get("/snapshots/all").fields["etag"])
        func status() async throws -> Int { try await scene.get("/snapshots/all", "If-None-Match: \(tag)").status }
        #expect(try await status() == 304)
        scene.time.advance(by: .seconds(10))
        _ = try await scene.get("/metrics")
        #expect(try await status() == 304)
        scene.snapshots.failed(.jobs, of: "alpha", error: "timeout", took: .zero)
        #expect(try await status() == 200)
    }

    @Test func everyGenerationHasATagOfItsOwn() async throws {
        let scene = try Scene()
        var tags: Set<String> = []
        for generation in 1...5 {
            await scene.publish([gauge("slurm_jobs", [], [[]: 1])], generation: UInt64(generation))
            let told = await scene.snapshots.documentTag
            let tag = try #require(try await scene.get("/snapshots/all").fields["etag"])
            #expect(told == tag)
            tags.insert(tag)
        }
        scene.time.advance(by: .seconds(90))
        let told = await scene.snapshots.documentTag
        #expect(told.map { !tags.contains($0) } == true)
        tags.insert(try #require(try await scene.get("/snapshots/all").fields["etag"]))
        #expect(tags.count == 6)
    }

    @Test func aSliceThatIsNotHereIsNotFound() async throws {
        #expect(try await Scene().get("/snapshots/none").status == 404)
    }

    @Test func whatIsDroppedIsSaid() async throws {
        var settings = SnapshotSettings()
        settings.maximumSeries = 2
        let scene = try Scene(settings)
        await scene.publish([
            gauge("slurm_few", ["a"], [["1"]: 1, ["2"]: 1]),
            gauge("slurm_many", ["a"], level: .detailed, [["1"]: 1, ["2"]: 2, ["3"]: 3]),
        ])
        let families = try readDocument(try await scene.get("/snapshots/all").body).families
        #expect(families.map(\.dropped) == [nil, "max_series"] && families.map(\.table.count) == [2, 0])
    }
}
