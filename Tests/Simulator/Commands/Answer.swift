import SimulatedCluster
import SimulatedCommands

/// What a command said.
struct Answer {
    let code: Int32
    let output: [UInt8]
    let errors: String
    let pieces: [Int]

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }
}

/// Clusters that several tests ask, made once.
enum Clusters {
    static let odd = living(Parameters())

    static let plain: Cluster = {
        var parameters = Parameters()
        parameters.hasMenagerie = false
        return living(parameters)
    }()

    private static func living(_ parameters: Parameters) -> Cluster {
        var simulation = Simulation(parameters)
        simulation.run(steps: 3)
        return simulation.cluster
    }
}

func ask(
    _ words: Text..., of cluster: Cluster = Clusters.odd, release: Release = .newest,
    environment: [String: String] = [:]
) -> Answer {
    ask(words, of: cluster, release: release, environment: environment)
}

func ask(
    _ words: [Text], of cluster: Cluster = Clusters.odd, release: Release = .newest,
    environment: [String: String] = [:]
) -> Answer {
    let output = Collector(), errors = Collector()
    let code = SimulatedCommands.run(
        arguments: words, snapshot: cluster, release: release, environment: environment,
        output: { output.take($0) }, error: { errors.take($0) })
    return Answer(
        code: code, output: output.bytes, errors: String(decoding: errors.bytes, as: UTF8.self), pieces: output.pieces)
}

private final class Collector {
    private(set) var bytes: [UInt8] = []
    private(set) var pieces: [Int] = []

    func take(_ piece: [UInt8]) {
        bytes += piece
        pieces.append(piece.count)
    }
}

extension String {
    /// The keys of `A=1 B=2` in their order; words without "=" are parts of values.
    var keys: [String] {
        split(separator: " ").compactMap { word in
            word.firstIndex(of: "=").map { String(word[..<$0]) }
        }
    }
}
