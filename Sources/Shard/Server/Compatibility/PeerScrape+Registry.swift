import Collectors
import Metrics
import ShardSettings
import Snapshots

extension PeerScrape {
    /// Shows how asking Slurm goes under the names of the set.
    static func register(in registry: MetricRegistry, of snapshots: Snapshots, _ settings: ShardSettings) {
        let namesClusters = settings.clusters.count > 1
        let families = all.map { $0.row.family.labelled(namesClusters ? ["cluster"] : []) }
        registry.collect(families) { [weak snapshots] tables in
            for attempts in snapshots?.attempts ?? [] {
                for (place, scrape) in all.enumerated() where scrape.feed == attempts.feed {
                    let row = tables[place].row(namesClusters ? [attempts.cluster] : [])
                    let milliseconds = (attempts.lastDuration / .milliseconds(1)).rounded()
                    tables[place].set(scrape.isError ? Double(attempts.failures) : milliseconds, at: row)
                }
            }
        }
    }
}

extension MetricFamily {
    fileprivate func labelled(_ labels: [LabelName]) -> MetricFamily {
        MetricFamily(name, type, help: help, labels: labels, merge: .union)
    }
}
