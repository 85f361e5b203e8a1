/// Something that is measured; each in a file of its own.
struct Benchmark: Sendable {
    let name: String
    let run: @Sendable () async throws -> Void

    static let all = [
        http, page, publication, render, parse, decode, shard, replay, upstream, federate, federateMillion,
        fleetQuestions, fleetFanOut, fleetHeartbeats, fleetChanges,
    ]

    /// - Parameter names: none means all; one that no benchmark has means those that begin with it, as `fleet` does.
    static func run(named names: [String]) async throws {
        let chosen = try names.isEmpty ? all : names.flatMap(named)
        for benchmark in chosen { try await benchmark.run() }
    }

    private static func named(_ name: String) throws -> [Benchmark] {
        if let benchmark = all.first(where: { $0.name == name }) { return [benchmark] }
        let group = all.filter { $0.name.hasPrefix(name + "-") }
        guard !group.isEmpty else { throw UnknownBenchmark(name: name) }
        return group
    }
}

struct UnknownBenchmark: Error, CustomStringConvertible {
    let name: String

    var description: String {
        "'\(name)' is none of \(Benchmark.all.map(\.name).joined(separator: ", "))"
    }
}
