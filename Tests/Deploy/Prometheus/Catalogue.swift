import Foundation

/// The metrics that docs/metrics.md lists.
struct Catalogue {
    struct Family: Sendable {
        let name: String
        let collector: String
        /// Besides `cluster`.
        let labels: Set<String>
        let suffixes: [String]
    }

    let families: [Family]

    init() throws {
        let page = try String(contentsOf: DeployedFile.root.appending(path: "docs/metrics.md"), encoding: .utf8)
        var collector = ""
        var families: [Family] = []
        for line in page.split(separator: "\n") {
            if let heading = line.firstMatch(of: #/^## (?:`(?<name>\w+)`)?/#) { collector = String(heading.name ?? "") }
            guard let row = line.firstMatch(of: #/^\| `(?<name>slurm_\w+)` \| (?<type>\w+) \| (?<labels>[^|]*) \|/#)
            else { continue }
            let labels = row.labels.matches(of: #/`(\w+)`/#).map { String($0.1) }
            families.append(
                Family(
                    name: String(row.name), collector: collector, labels: Set(labels),
                    suffixes: Self.suffixes(of: String(row.type))))
        }
        self.families = families
    }

    private static func suffixes(of type: String) -> [String] {
        switch type {
        case "histogram": ["_bucket", "_count", "_sum"]
        case "summary": ["_count", "_sum"]
        default: [""]
        }
    }

    /// By the names of series.
    var labels: [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for family in families {
            for suffix in family.suffixes {
                found[family.name + suffix] = family.labels.union(suffix == "_bucket" ? ["le"] : [])
            }
        }
        return found
    }
}
