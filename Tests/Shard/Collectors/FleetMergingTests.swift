import Merging
import Metrics
import ServiceRuntime
import Slurm
import SnapshotFormat
import TestSupport
import Testing

@testable import Collectors

/// However a living cluster is cut into slices, and whichever of them is behind: what a coordinator makes of their
/// documents is what one process shows.
struct FleetMergingTests {
    private static let cluster = "alpha"
    private static let lifetime = 90.0
    private static let splittable: [Collector.Name] = [.nodes, .partitions, .jobs]

    /// One slice, and the collectors that work for it.
    private struct Slice {
        let name: String
        let scope: Scope
        var collectors: [Collector]
        let names: [Collector.Name]

        var served: ServedSlice {
            ServedSlice(
                name: name, shares: Set(names.map { .init(cluster: cluster, collector: $0.rawValue) }),
                addresses: ["http://127.0.0.1:1/snapshots/\(name)"])
        }

        mutating func document(of number: Int, _ world: LivingCluster) throws -> SnapshotDocument {
            var families: [FamilyState] = []
            let (generation, symbols) = (world.generation.seen(in: scope, world.records.symbols), world.records.symbols)
            for place in collectors.indices {
                let tables = collectors[place].collect(generation, symbols, scope)
                families += tables.map {
                    FamilyState(cluster: cluster, collector: names[place].rawValue, table: $0)
                }
            }
            let feeds = Set(families.compactMap(\.table.family.feed)).map { feed in
                FeedState(
                    cluster: cluster, feed: feed, isUp: true,
                    data: .init(
                        generation: UInt64(number), answered: world.generation.time, age: 0, lifetime: lifetime))
            }
            let document = SnapshotDocument(slice: name, generation: "x-\(number)", feeds: feeds, families: families)
            return try SnapshotReader.document(of: SnapshotWriter.bytes(of: document))
        }
    }

    private static func slices(_ random: inout SeededGenerator) -> [Slice] {
        let partitions = LivingCluster.partitions.map { PartitionPattern($0) }.shuffled(using: &random)
        let cuts = Int.random(in: 0...min(3, partitions.count), using: &random)
        var scopes: [Scope] = partitions.prefix(cuts).map { .only([$0]) }
        scopes.append(.allBut(Array(partitions.prefix(cuts))))
        let isByCategory = Bool.random(using: &random)
        var slices: [Slice] = []
        for (number, scope) in scopes.enumerated() {
            for group in isByCategory ? splittable.map({ [$0] }) : [splittable] {
                slices.append(slice("\(group[0].rawValue)-\(number)", group, scope))
            }
        }
        let whole = Collector.Name.allCases.filter {
            !splittable.contains($0) && !Collector($0, CollectionSettings()).feeds.isEmpty
        }
        for group in isByCategory ? whole.map({ [$0] }) : [whole] {
            slices.append(slice(group[0].rawValue, group, .allBut([])))
        }
        return slices
    }

    private static func slice(_ name: String, _ names: [Collector.Name], _ scope: Scope) -> Slice {
        Slice(name: name, scope: scope, collectors: names.map { Collector($0, CollectionSettings()) }, names: names)
    }

    private static func lines(_ fleet: MergedFleet) -> [String] {
        let tables = fleet.tables.flatMap(\.tables).filter { !$0.family.name.text.hasPrefix("slurm:") }
        return Exposition(tables).lines.sorted()
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func showsWhatOneProcessShows(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let time = ManualClock()
        var world = LivingCluster(seed: seed, jobs: 40, nodes: 12)
        var slices = Self.slices(&random)
        var single = Self.slice("all", Collector.Name.allCases, .allBut([]))
        var merger = FleetMerger(figures: Catalogue.ratios.map { FleetFigure($0) })
        merger.arrange(slices.map(\.served))
        var before: [String] = []
        for number in 1...6 {
            let expected = Exposition(try single.document(of: number, world).families.map(\.table)).lines.sorted()
            let order = slices.indices.shuffled(using: &random)
            let pause = order.randomElement(using: &random)
            for place in order {
                let document = try slices[place].document(of: number, world)
                if number > 1, place == pause {
                    // Some slices have the new generation, others only the old one: nothing is mixed.
                    let shown = Self.lines(merger.merged(at: time.now))
                    #expect(Set(shown).subtracting(before + expected) == [], "generation \(number), seed \(seed)")
                }
                merger.take(document, of: slices[place].name, at: time.now)
            }
            let fleet = merger.merged(at: time.now)
            let differences = Set(Self.lines(fleet)).symmetricDifference(expected).sorted()
            #expect(differences == [], "generation \(number), seed \(seed)")
            #expect(fleet.clashes == 0)
            #expect(fleet.completeness[Self.cluster]?.values.allSatisfy { $0 } == true)
            #expect(fleet.coverage == [Self.cluster: 1])
            before = expected
            world.step()
            time.advance(by: .seconds(30))
        }
    }

    @Test func leavesSumsOutWhereAPartIsTooOld() throws {
        let time = ManualClock()
        let world = LivingCluster(seed: 5)
        var slices = [
            Self.slice("a", Self.splittable, .only(["alpha"])), Self.slice("b", Self.splittable, .allBut(["alpha"])),
        ]
        var merger = FleetMerger(figures: [])
        merger.arrange(slices.map(\.served))
        merger.take(try slices[0].document(of: 1, world), of: "a", at: time.now)
        time.advance(by: .seconds(60))
        merger.take(try slices[1].document(of: 1, world), of: "b", at: time.now)
        let whole = merger.merged(at: time.now)
        #expect(whole.tables[0].tables.contains { $0.family.name == "slurm_jobs_total" })
        time.advance(by: .seconds(31))
        let partial = merger.merged(at: time.now)
        let names = Set(partial.tables[0].tables.map(\.family.name))
        #expect(!names.contains("slurm_jobs_total"))
        #expect(names.contains("slurm_partition_nodes_total"))
        #expect(partial.completeness[Self.cluster]?["slurm_jobs_total"] == false)
        #expect(partial.coverage == [Self.cluster: 0.5])
        time.advance(by: .seconds(60))
        let nothing = merger.merged(at: time.now)
        #expect(nothing.tables.allSatisfy { $0.tables.isEmpty })
        #expect(nothing.completeness[Self.cluster]?["slurm_jobs_total"] == false)
        #expect(nothing.coverage == [Self.cluster: 0])
    }

    @Test func computesWhatIsCommonlyRecorded() throws {
        let time = ManualClock()
        let world = LivingCluster(seed: 6)
        var slice = Self.slice("all", Collector.Name.allCases, .allBut([]))
        var merger = FleetMerger(figures: FleetFigure.recorded)
        merger.arrange([ServedSlice(name: "all", addresses: [])])
        merger.take(try slice.document(of: 1, world), of: "all", at: time.now)
        let text = Exposition(merger.merged(at: time.now).tables.flatMap(\.tables))
        func number(_ line: String?) -> Double { line.flatMap { Double($0.split(separator: " ").last!) } ?? .nan }
        let used = number(text.all("slurm_cluster_cpus_allocated").first)
        let all = number(text.all("slurm_cluster_cpus_total").first)
        #expect(number(text.all("slurm:cluster_cpu_utilization_ratio").first) == used / all)
        #expect(text.all("slurm:partition_queue_depth") == text.all("slurm_jobs_pending"))
        #expect(text.all("slurm:job_states_by_partition") == text.all("slurm_jobs_total"))
        #expect(text.all("slurm:cluster_memory_utilization_ratio").count == 1)
        #expect(text.all("slurm:cluster_node_availability_ratio").count == 1)
        #expect(text.all("slurm:partition_efficiency_ratio") == [])
    }
}
