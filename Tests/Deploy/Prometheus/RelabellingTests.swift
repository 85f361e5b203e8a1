import Metrics
import Testing
import YAML

/// Names under slices' prefixes become canonical ones where Prometheus scrapes shards directly.
struct RelabellingTests {
    private struct Step {
        let pattern: Regex<AnyRegexOutput>
        let replacement: String

        init(_ node: YAML.Node) throws {
            pattern = try Regex(try #require(node["regex"]?.text))
            replacement = try #require(node["replacement"]?.text)
        }

        func applied(to name: String) -> String {
            guard let match = name.wholeMatch(of: pattern) else { return name }
            return replacement.replacing("$1", with: match.output[1].substring ?? "")
        }
    }

    private static let collectors: [String: Set<String>] = [
        "slurm_cluster_": ["cluster", "partitions", "scheduler", "reservations", "licenses"],
        "slurm_nodes_": ["nodes"], "slurm_jobs_": ["jobs", "users", "accounts", "qos"],
        "slurm_accounting_": ["fairshare", "accounting"],
    ]

    @Test(arguments: ["shards", "shards-file", "split"], collectors.keys.sorted())
    func prefixedNamesBecomeTheUsualOnes(_ file: String, _ prefix: String) throws {
        let prefixed = try MetricPrefix(validating: prefix)
        let families = try Catalogue().families.filter { Self.collectors[prefix]!.contains($0.collector) }
        #expect(families.count > 20)
        let jobs = try DeployedFile(path: "scrape/\(file).yml").yaml["scrape_configs"]?.items ?? []
        let mappings = try jobs.compactMap { try $0["metric_relabel_configs"]?.items.map(Step.init) }
        #expect(!mappings.isEmpty)
        for steps in mappings {
            for family in families {
                let shown = try MetricName(validating: family.name).prefixed(by: prefixed).text
                for suffix in family.suffixes {
                    let mapped = steps.reduce(shown + suffix) { $1.applied(to: $0) }
                    #expect(mapped == family.name + suffix, "\(shown + suffix)")
                }
            }
        }
    }
}
