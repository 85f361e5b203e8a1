import Foundation
import ServiceRuntime
import Testing

/// A random cluster, and a random way to share the work among shards.
struct Slicing: Sendable, CustomTestStringConvertible {
    let seed: UInt64
    let nodes: Int
    let jobs: Int
    let partitions: Int
    let users: Int
    let split: String
    let groups: [[String]]
    let shards: Int
    /// Steps that the cluster has made before anybody looks: after them, within twenty, nodes change their partitions.
    let beginning: Int
    let steps: Int
    /// After which steps a shard leaves.
    let moves: Set<Int>

    /// As many as `INVARIANCE_SEEDS` says, of clusters of `INVARIANCE_SIZE` nodes and ten times as many jobs.
    static var trials: [Slicing] {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["INVARIANCE_SEEDS"].flatMap { UInt64($0) } ?? 1
        let first = environment["INVARIANCE_FIRST_SEED"].flatMap { UInt64($0) } ?? 1
        let steps = environment["INVARIANCE_STEPS"].flatMap { Int($0) } ?? 20
        return (first..<first + count).map {
            Slicing(seed: $0, nodes: environment["INVARIANCE_SIZE"].flatMap { Int($0) }, steps: steps)
        }
    }

    init(seed: UInt64, nodes size: Int?, steps: Int) {
        var random = SeededGenerator(seed: seed)
        self.seed = seed
        self.steps = steps
        nodes = size ?? .random(in: 6...40, using: &random)
        jobs = size.map { $0 * 10 } ?? .random(in: 20...150, using: &random)
        partitions = .random(in: 2...9, using: &random)
        users = .random(in: 3...20, using: &random)
        split = ["category", "partition", "both"].randomElement(using: &random)!
        groups = Self.groups(&random)
        shards = .random(in: 1...(size == nil ? 6 : 4), using: &random)
        beginning = [40...47, 52...59].randomElement(using: &random)!.randomElement(using: &random)!
        moves = Set((0..<2).map { _ in Int.random(in: 1...max(steps - 2, 1), using: &random) })
    }

    /// Some partitions in one to four groups, the others in none.
    private static func groups(_ random: inout SeededGenerator) -> [[String]] {
        let names = ["batch", "gpu", "debug", "long", "bigmem", "preempt", "dept*", "popup", "weekend"]
        var groups = [[String]](repeating: [], count: .random(in: 1...4, using: &random))
        for name in names.shuffled(using: &random).dropLast(.random(in: 0...4, using: &random)) {
            groups[groups.indices.randomElement(using: &random)!].append(name)
        }
        return groups.filter { !$0.isEmpty }
    }

    /// Seconds that a question to Slurm may take.
    var patience: Int { nodes > 1000 ? 60 : 5 }

    var cluster: [String] {
        ["--seed", "\(seed)", "--partitions", "\(partitions)", "--users", "\(users)", "--versions", "v0.0.44"]
    }

    /// Keys of a coordinator's `fleet`.
    var fleet: String {
        let members = groups.enumerated().map { number, names in
            "group\(number): [\(names.map { "\"\($0)\"" }.joined(separator: ", "))]"
        }
        return "  split: \(split)\n  groups: {\(members.joined(separator: ", "))}\n"
    }

    var testDescription: String {
        "seed \(seed): \(nodes) nodes, \(jobs) jobs, \(partitions) partitions, split by \(split), \(groups.count) groups, "
            + "\(shards) shards"
    }
}
