import Foundation
import TestSupport
import Testing

/// Every query of rules, alerts, dashboards and pages, asked of a real Prometheus that scrapes a fleet as it is told to
/// here.
@Suite(.serialized)
struct QueriesTests {
    /// What a coordinator shows that takes part in an election.
    private static let ofElections: Set = [
        "slurm_fleet_is_leader", "slurm_fleet_leader_epoch", "slurm_fleet_leader_changes_total",
        "slurm_fleet_lease_age_seconds", "slurm_fleet_lease_renewal_seconds", "slurm_fleet_lease_errors_total",
        "slurm_fleet_coordinator_name_conflict",
    ]

    @Test func everyQueryHasDataAndNamesWhatThereIs() async throws {
        let fleet = try await DeployedFleet()
        let rules = try quickRules()
        let prometheus = try await RunningPrometheus(configuration: try configuration(fleet, rules))
        let queries = try Query.all()
        #expect(queries.count > 150)
        var waiting = queries.map { (query: $0, text: $0.expression.askable) }
        _ = await eventually(within: .seconds(90)) {
            for place in waiting.indices.reversed() where await prometheus.value(of: waiting[place].text) != nil {
                waiting.remove(at: place)
            }
            try? await Task.sleep(for: .seconds(1))
            return waiting.allSatisfy { isAboutElections($0.query) }
        }
        let shown = Shown(try await fleet.pages())
        for (query, text) in waiting where !isAboutElections(query) || shown.labels["slurm_fleet_is_leader"] != nil {
            Issue.record("\(query.source) has no data: \(text)\n\(fleet.log)")
        }
        try expectNamesAreKnown(shown, queries)
    }

    private func isAboutElections(_ query: Query) -> Bool {
        !Self.ofElections.isDisjoint(with: query.expression.selectors.map(\.metric))
    }

    /// The rules with the test's interval.
    private func quickRules() throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        for file in DeployedFile.rules {
            try directory.write(
                try file.text.replacing("interval: 30s", with: "interval: 3s"), to: file.url.lastPathComponent)
        }
        return directory
    }

    /// That for a fleet, with this one's addresses, the exporter beside it and Prometheus itself.
    private func configuration(_ fleet: DeployedFleet, _ rules: TemporaryDirectory) throws -> String {
        try DeployedFile(path: "scrape/fleet.yml").text.replacing("coordinator:8080", with: fleet.coordinator)
            .replacing("../rules", with: rules.url.path).replacing("25s", with: "3s").replacing("30s", with: "3s")
                + """

                  - job_name: slurm-exporter-beside
                    static_configs: [{targets: ["\(fleet.exporter)"]}]
                    metric_relabel_configs: [{source_labels: [__name__], regex: slurm_exporter_.+, action: keep}]
                  - job_name: prometheus
                    static_configs: [{targets: ["SELF"]}]
                """
    }
}

/// Names and labels on pages of metrics.
private struct Shown {
    var labels: [String: Set<String>] = [:]

    init(_ pages: String) {
        for line in pages.split(separator: "\n") where !line.hasPrefix("#") {
            guard let series = line.firstMatch(of: #/^(?<name>[\w:]+)(?:\{(?<labels>.*)\})? /#) else { continue }
            let names = series.labels?.matches(of: #/(\w+)="/#).map { String($0.1) } ?? []
            labels[String(series.name), default: []].formUnion(names)
        }
    }
}

extension QueriesTests {
    /// Labels that Prometheus puts on what it scrapes.
    private static let ofTargets: Set = ["job", "instance", "fleet", "cluster"]

    private func expectNamesAreKnown(_ shown: Shown, _ queries: [Query]) throws {
        var known = try Catalogue().labels.merging(shown.labels) { $0.union($1) }
        for rule in try DeployedFile.rules.flatMap({ try Rule.all(in: $0) }) where !rule.isAlert {
            known[rule.name, default: []].formUnion(rule.expression.groupingLabels)
        }
        for name in Self.ofElections where known[name] == nil { known[name] = ["kind"] }
        known["slurm_fleet_coverage_ratio"] = ["cluster"]
        known["slurm_fleet_family_complete"] = ["cluster", "family"]
        for query in queries { expectKnown(query, known) }
    }

    private func expectKnown(_ query: Query, _ known: [String: Set<String>]) {
        var all = Self.ofTargets
        for selector in query.expression.selectors {
            guard let labels = known[selector.metric] else {
                // Of Prometheus and of the process.
                #expect(!selector.metric.hasPrefix("slurm"), "\(query.source): there is no \(selector.metric)")
                return
            }
            all.formUnion(labels)
            let strange = selector.labels.subtracting(labels).subtracting(Self.ofTargets)
            #expect(strange.isEmpty, "\(query.source): \(selector.metric) has no \(strange)")
        }
        let strange = query.expression.groupingLabels.subtracting(all).subtracting(["hour", "__name__"])
        #expect(strange.isEmpty, "\(query.source): nothing has \(strange)")
    }
}
