import Metrics
import Snapshots
import TestSupport
import Testing

@Suite struct SeriesBudgetTests {
    private func families(_ sizes: (MetricName, Level, Int)...) -> [SeriesBudget.Family] {
        sizes.map { SeriesBudget.Family($0.0, $0.1, series: $0.2) }
    }

    @Test(
        arguments: [
            (1000, []), (600, []), (599, ["detail_large"]), (400, ["detail_large"]),
            (399, ["detail_large", "detail_small"]),
            (300, ["detail_large", "detail_small"]), (299, ["detail_large", "detail_small", "important_large"]),
            (0, ["detail_large", "detail_small", "important_large", "important_small"]),
        ] as [(Int, Set<MetricName>)])
    func detailGoesFirstAndOfThatTheLargest(limit: Int, dropped: Set<MetricName>) {
        var budget = SeriesBudget(limit: limit)
        budget.decide(
            families(
                ("important_small", .important, 50), ("detail_large", .detailed, 200), ("critical", .critical, 100),
                ("detail_small", .detailed, 100), ("important_large", .important, 150)))
        #expect(budget.dropped == dropped)
    }

    @Test func aFamilyAtTheLimitDoesNotComeAndGo() {
        var budget = SeriesBudget(limit: 100)
        func decide(_ detail: Int) -> Bool {
            budget.decide(families(("important", .important, 50), ("detail", .detailed, detail)))
            return budget.dropped.isEmpty
        }
        #expect(
            [50, 51, 50, 49, 41, 40, 45, 50, 51].map(decide) == [
                true, false, false, false, false, true, true, true, false,
            ])
    }

    @Test func aLevelOfTheSettingsHoldsInsteadOfTheDeclaredOne() async throws {
        var settings = SnapshotSettings()
        settings.maximumSeries = 3
        settings.levels = ["slurm_detail": .critical, "slurm_important": .detailed]
        let scene = try Scene(settings)
        await scene.publish([
            gauge("slurm_important", ["x"], level: .important, [["1"]: 1, ["2"]: 1]),
            gauge("slurm_detail", ["x"], level: .detailed, [["1"]: 1, ["2"]: 1, ["3"]: 1]),
        ])
        let page = try await scene.page()
        #expect(page.contains("slurm_detail{") && !page.contains("slurm_important{"))
    }

    @Test func aFamilyThatIsGoneIsForgotten() {
        var budget = SeriesBudget(limit: 100)
        budget.decide(families(("a", .detailed, 200)))
        budget.decide(families(("b", .detailed, 50)))
        #expect(budget.dropped.isEmpty)
    }

    @Test func whatIsDroppedOfAllClustersIsCounted() async throws {
        var settings = SnapshotSettings()
        settings.maximumSeries = 5
        let scene = try Scene(settings)
        func nodes(_ count: Int) -> SeriesTable {
            var table = SeriesTable(
                MetricFamily("slurm_node_load", .gauge, help: "Load.", labels: ["node"], level: .detailed))
            for number in 0..<count { table.set(1, at: table.row("n\(number)")) }
            return table
        }
        await scene.publish([nodes(3)], feed: .nodes, collector: "nodes")
        #expect(try await scene.page().contains("slurm_node_load"))
        await scene.publish(
            [nodes(3), gauge("slurm_jobs", [], [[]: 1])], cluster: "beta", feed: .nodes, collector: "nodes")
        let page = try await scene.get("/metrics").body
        #expect(!page.contains("slurm_node_load{") && page.contains("slurm_jobs{cluster=\"beta\"} 1\n"))
        #expect(
            page.contains("slurm_exporter_series_dropped_total{family=\"slurm_node_load\",reason=\"max_series\"} 3\n"))
        #expect(
            page.contains("slurm_exporter_cardinality_current{cluster=\"beta\"} 1\n")
                && page.contains("slurm_exporter_cardinality_limit 5\n"))
        await scene.publish(
            [nodes(0), gauge("slurm_jobs", [], [[]: 1])], cluster: "beta", feed: .nodes, collector: "nodes",
            generation: 2)
        #expect(try await scene.page().contains("slurm_node_load{node=\"n0\",cluster=\"alpha\"}"))
    }
}
