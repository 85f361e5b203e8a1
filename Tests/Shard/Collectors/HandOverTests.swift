import Metrics
import ServiceRuntime
import Slurm
import SnapshotFormat
import Testing

@testable import Collectors

/// Whoever takes counters over shows the same as somebody who has had them from the beginning.
struct HandOverTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func aSuccessorCountsOn(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var world = LivingCluster(seed: seed)
        for name in [Collector.Name.jobs, .nodes] {
            var (lasting, changing) = (
                Collector(name, CollectionSettings()), Collector(name, CollectionSettings())
            )
            for step in 1...20 {
                // Slurm may give the same list twice.
                if step == 1 || Int.random(in: 0..<3, using: &random) > 0 { world.step() }
                let expected = lasting.collect(world.generation, world.records.symbols)
                let found = changing.collect(world.generation, world.records.symbols)
                #expect(Self.lines(found) == Self.lines(expected))
                if Bool.random(using: &random) { changing = try Self.successor(of: changing) }
            }
        }
    }

    private static func lines(_ tables: [SeriesTable]) -> Set<String> { Set(Exposition(tables, .openMetrics).lines) }

    private static func successor(of collector: Collector) throws -> Collector {
        var successor = Collector(collector.name, CollectionSettings())
        try handOver(collector.jobs, to: &successor.jobs)
        try handOver(collector.nodes, to: &successor.nodes)
        return successor
    }

    private static func handOver<Record>(_ old: [any Fold<Record>], to new: inout [any Fold<Record>]) throws {
        for place in old.indices {
            guard let state = (old[place] as? any LastingFold)?.state else { continue }
            var heir = try #require(new[place] as? any LastingFold<Record>)
            #expect(heir.restore(try written(state)))
            new[place] = heir
        }
    }

    /// As it comes over the network.
    private static func written(_ state: CounterState) throws -> CounterState {
        let document = SnapshotDocument(
            slice: "s", generation: "1",
            states: [CountingState(cluster: "c", collector: "c", feed: .jobs, generation: 7, state: state)])
        let read = try SnapshotReader.document(of: SnapshotWriter.bytes(of: document))
        #expect(read.states.map(\.generation) == [7])
        return try #require(read.states.first?.state)
    }

    @Test func whatCouldNotBeKeptIsCountedWithTheNextGeneration() throws {
        var world = LivingCluster(seed: 7)
        var (lasting, failing) = (Collector(.jobs, CollectionSettings()), Collector(.jobs, CollectionSettings()))
        for generation in 1...20 {
            world.step()
            let expected = lasting.collect(world.generation, world.records.symbols)
            var found = failing.collect(world.generation, world.records.symbols)
            if generation == 10 {
                for place in failing.jobs.indices {
                    guard var fold = failing.jobs[place] as? any LastingFold<JobRecord> else { continue }
                    _ = fold.retract()
                    failing.jobs[place] = fold
                }
                found = failing.collect(world.generation, world.records.symbols)
            }
            #expect(Self.lines(found) == Self.lines(expected))
        }
    }
}
