import Metrics
import Testing

@Suite struct MetricFamilyTests {
    @Test(arguments: [
        FamilyType.histogram(bounds: [1, 1]), .histogram(bounds: [2, 1]), .histogram(bounds: [1, .infinity]),
        .gaugeHistogram(bounds: [.nan]), .summary(quantiles: [1.5]), .summary(quantiles: [0.9, 0.5]),
        .stateset(states: []), .stateset(states: ["a", "a"]), .stateset(states: [""]), .info,
    ])
    func whatNoFormatCarriesIsRefused(_ type: FamilyType) {
        #expect(throws: InvalidFamily.self) { try MetricFamily(foreign: "x", type) }
    }

    @Test func aUnitIsAPartOfAName() {
        let refusal = #expect(throws: InvalidFamily.self) { try MetricFamily(foreign: "x", .gauge, unit: "m/s") }
        #expect(refusal?.reason == .unit("m/s"))
    }

    @Test func aBadDeclarationOfOurOwnEndsTheProgram() async {
        await #expect(processExitsWith: .failure) {
            _ = MetricFamily("slurm_waits", .histogram(bounds: [1]), help: "Waits.", labels: ["le"])
        }
        await #expect(processExitsWith: .failure) {
            _ = MetricFamily("slurm_jobs", .gauge, help: "Jobs.", labels: ["user", "user"])
        }
        await #expect(processExitsWith: .failure) { _ = "slurm-jobs" as MetricName }
    }

    @Test func familiesThatReserveEachOthersNamesClash() {
        let families = [
            MetricFamily("slurm_jobs_total", .counter, help: "Jobs."),
            MetricFamily("slurm_jobs", .gauge, help: "Jobs."),
            MetricFamily("slurm_wait_seconds", .histogram(bounds: [1]), help: "Waits."),
            MetricFamily("slurm_wait_seconds_count", .gauge, help: "Waits."),
            MetricFamily("slurm_node_info", .info, help: "Nodes."),
            MetricFamily("slurm_node", .gauge, help: "Nodes."),
        ]
        #expect(NameClash.all(among: families).map(\.name) == ["slurm_jobs", "slurm_wait_seconds_count", "slurm_node"])
    }

    @Test func aPrefixCanMakeNamesClash() {
        let families = [
            MetricFamily("slurm_job_count", .gauge, help: "Jobs."),
            MetricFamily("slurm_count", .gauge, help: "All."),
        ]
        #expect(NameClash.all(among: families).isEmpty)
        #expect(NameClash.all(among: families, under: "slurm_nodes_").isEmpty)
        #expect(NameClash.all(among: families, under: "slurm_jobs_").map(\.name) == ["slurm_jobs_count"])
    }

    @Test func theMostImportantLevelComesFirst() {
        #expect(Level.allCases.sorted() == [.critical, .important, .detailed])
    }
}
