import Collectors
import FleetProtocol
import Metrics
import Slurm
import Testing

@testable import Slices

/// What a split makes of clusters, and which splits are refused.
struct SliceExpansionTests {
    private static let families = Catalogue().collectors.map { (collector: $0.name.rawValue, families: $0.families) }

    private static func slices(
        _ declarations: [SliceDeclaration], clusters: [String] = ["alpha"]
    ) throws(SliceError) -> [Slice] {
        try SliceExpansion(clusters: clusters, families: families).slices(of: declarations)
    }

    private static let groups = [PartitionGroup("gpu", ["gpu", "gpu-*"]), PartitionGroup("cpu", ["cpu*", "short"])]

    /// Everything but what a test is about.
    private static func others(than names: [String]) -> SliceDeclaration {
        SliceDeclaration("others", collectors: families.map(\.collector).filter { !names.contains($0) })
    }

    @Test(arguments: BuiltInSplit.allCases)
    func builtInSplitsCoverEverythingOnce(_ split: BuiltInSplit) throws {
        let slices = try Self.slices(try split.declarations(groups: Self.groups), clusters: ["alpha", "beta"])
        for cluster in ["alpha", "beta"] {
            for (collector, _) in Self.families {
                let users = slices.filter { $0.cluster == cluster && $0.collectors.contains(collector) }
                for partition in ["gpu", "gpu-2", "cpu", "new", ""] {
                    #expect(users.count { $0.scope.covers(partition) } == 1, "\(collector) of \(partition)")
                }
            }
        }
        #expect(Set(slices.map(\.id)).count == slices.count)
        #expect(slices.allSatisfy { $0.prefix == "slurm_\($0.name.replacing("-", with: "_"))_" })
    }

    @Test func aSplitByCategoryHasTheUsualExporters() throws {
        let slices = try Self.slices(try BuiltInSplit.category.declarations(groups: []))
        #expect(slices.map(\.id) == ["cluster@alpha", "nodes@alpha", "jobs@alpha", "accounting@alpha"])
        #expect(slices.map(\.prefix) == ["slurm_cluster_", "slurm_nodes_", "slurm_jobs_", "slurm_accounting_"])
    }

    @Test func theCatchAllIsWhatTheOthersLeave() throws {
        let slices = try Self.slices(try BuiltInSplit.partition.declarations(groups: Self.groups))
        #expect(slices.last?.scope == .allBut(["gpu", "gpu-*", "cpu*", "short"]))
    }

    @Test func clustersCanBeSplitDifferently() throws {
        let whole = SliceDeclaration("nodes", collectors: ["nodes"], clusters: ["alpha"])
        let gpu = SliceDeclaration("gpu", collectors: ["nodes"], clusters: ["beta"], share: .partitions(["gpu*"]))
        let rest = SliceDeclaration("rest", collectors: ["nodes"], clusters: ["beta"], share: .rest)
        let slices = try Self.slices([Self.others(than: ["nodes"]), whole, gpu, rest], clusters: ["alpha", "beta"])
        #expect(
            slices.map(\.id) == ["others@alpha", "nodes@alpha", "others@beta", "gpu@beta", "rest@beta"])
    }

    @Test func whatIsSplitByPartitionNeedsGroups() {
        #expect(throws: SliceError.missingGroups) { try BuiltInSplit.both.declarations(groups: []) }
    }

    static let bad: [(SliceError, [SliceDeclaration])] = {
        let nodes = SliceDeclaration("nodes", collectors: ["nodes"])
        let others = Self.others(than: ["nodes"])
        func part(_ name: String, _ patterns: [PartitionPattern]) -> SliceDeclaration {
            SliceDeclaration(name, collectors: ["nodes"], share: .partitions(patterns))
        }
        let rest = SliceDeclaration("rest", collectors: ["nodes"], share: .rest)
        let names = families.map(\.collector)
        return [
            (.missingCollector("nodes", cluster: "alpha"), [others]),
            (
                .duplicateCollector("nodes", cluster: "alpha", slices: ["nodes", "again"]),
                [others, nodes, SliceDeclaration("again", collectors: ["nodes"])]
            ),
            (.duplicateName("nodes"), [others, nodes, nodes]),
            (.badName("No des"), [others, SliceDeclaration("No des", collectors: ["nodes"])]),
            (.emptySlice("none"), [others, nodes, SliceDeclaration("none", collectors: [])]),
            (.emptySlice("none"), [others, part("none", []), rest]),
            (
                .unknownCollector("nods", slice: "nodes", known: names),
                [others, SliceDeclaration("nodes", collectors: ["nods"])]
            ),
            (
                .unknownCluster("gamma", slice: "nodes", known: ["alpha"]),
                [others, SliceDeclaration("nodes", collectors: ["nodes"], clusters: ["gamma"])]
            ),
            (
                .indivisible("scheduler", slice: "part"),
                [SliceDeclaration("part", collectors: ["scheduler"], share: .rest)]
            ),
            (.missingRest("nodes", cluster: "alpha"), [others, part("gpu", ["gpu"])]),
            (
                .severalRests("nodes", cluster: "alpha", slices: ["rest", "rest2"]),
                [others, part("gpu", ["gpu"]), rest, SliceDeclaration("rest2", collectors: ["nodes"], share: .rest)]
            ),
            (
                .commonPartition("gpu-a", slices: ["gpu", "a"], cluster: "alpha"),
                [others, part("gpu", ["gpu-*"]), part("a", ["*-a"]), rest]
            ),
            (
                .commonPartition("gpu", slices: ["gpu", "same"], cluster: "alpha"),
                [others, part("gpu", ["gpu"]), part("same", ["cpu", "gpu"]), rest]
            ),
            (
                .unequalCollectors(slices: ["gpu", "rest"], cluster: "alpha"),
                [
                    Self.others(than: ["nodes", "jobs"]), part("gpu", ["gpu"]),
                    SliceDeclaration("rest", collectors: ["nodes", "jobs"], share: .rest),
                ]
            ),
            (
                .badPrefix("slurm", slice: "nodes"),
                [others, SliceDeclaration("nodes", collectors: ["nodes"], prefix: "slurm")]
            ),
        ]
    }()

    @Test(arguments: Self.bad.indices)
    func badSplitsAreRefusedByName(_ number: Int) {
        let (error, declarations) = Self.bad[number]
        #expect(throws: error) { try Self.slices(declarations) }
        #expect(!error.description.isEmpty)
    }

    @Test func namesThatClashUnderTheirPrefixesAreRefused() {
        let nodes = SliceDeclaration("nodes", collectors: ["nodes"], share: .partitions(["a"]), prefix: "slurm_")
        let rest = SliceDeclaration("rest", collectors: ["nodes"], share: .rest, prefix: "slurm_")
        #expect(throws: SliceError.self) { try Self.slices([Self.others(than: ["nodes"]), nodes, rest]) }
        do throws(SliceError) {
            _ = try Self.slices([Self.others(than: ["nodes"]), nodes, rest])
        } catch {
            guard case .clashBetween(_, let slices) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(slices == ["nodes", "rest"])
        }
    }
}

extension SliceScope {
    fileprivate func covers(_ partition: String) -> Bool {
        let scope: Scope =
            switch self {
            case .whole: .whole
            case .only(let patterns): .only(patterns.map { PartitionPattern($0) })
            case .allBut(let patterns): .allBut(patterns.map { PartitionPattern($0) })
            }
        return scope.covers(partition)
    }
}
