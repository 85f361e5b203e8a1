import Metrics
import Testing

@testable import FleetPages
@testable import Merging

struct ClusterHistoryTests {
    private func figures(_ states: [String: Double]) -> ClusterFigures {
        let family = MetricFamily(
            "slurm_cluster_nodes_total", .gauge, help: "Nodes.", labels: ["state"], merge: .sum, feed: .nodes)
        var table = SeriesTable(family)
        for (state, value) in states {
            let row = table.row(state)
            table.set(value, at: row)
        }
        var fleet = MergedFleet()
        fleet.tables = [("alpha", states.isEmpty ? [] : [table])]
        fleet.coverage = ["alpha": 0.5]
        fleet.note("slurm_jobs_total", of: "alpha", isComplete: false)
        return ClusterFigures("alpha", of: fleet)
    }

    @Test func statesAreCountedAndWhatIsMissingIsNamed() {
        let figures = figures(["idle": 3, "down": 1])
        #expect(figures.nodes == ["idle": 3, "down": 1])
        #expect(figures.jobs.isEmpty && figures.utilization.isEmpty)
        #expect(figures.coverage == 0.5)
        #expect(figures.missing == ["slurm_jobs_total"] && figures.missingCount == 1)
    }

    @Test func unknownIsNotZero() {
        var history = ClusterHistory()
        history.append(["alpha": figures(["idle": 3])])
        history.append(["alpha": figures([:])])
        history.append([:])
        history.append(["alpha": figures(["down": 2])])
        let nodes = history.document.clusters["alpha"]?.nodes
        #expect(nodes == ["idle": [3, nil, nil, 0], "down": [0, nil, nil, 2]])
    }

    @Test func anHourIsKept() {
        var history = ClusterHistory()
        for number in 0..<1000 { history.append(["alpha": figures(["idle": Double(number)])]) }
        let idle = history.document.clusters["alpha"]?.nodes["idle"]
        #expect(idle?.count == 240)
        #expect(idle?.last == 999)
        #expect(ClusterHistory.step * 240 == .seconds(3600))
    }
}
