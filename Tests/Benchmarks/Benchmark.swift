/// Something that is measured; each in a file of its own.
struct Benchmark: Sendable {
    let name: String
    let run: @Sendable () async throws -> Void

    static let all = [http, page, publication, render, parse, decode, shard, federate, federateMillion]

    /// - Parameter names: none means all.
    static func run(named names: [String]) async throws {
        for name in names where !all.contains(where: { $0.name == name }) {
            throw UnknownBenchmark(name: name)
        }
        for benchmark in all where names.isEmpty || names.contains(benchmark.name) {
            try await benchmark.run()
        }
    }
}

struct UnknownBenchmark: Error, CustomStringConvertible {
    let name: String

    var description: String {
        "'\(name)' is none of \(Benchmark.all.map(\.name).joined(separator: ", "))"
    }
}
