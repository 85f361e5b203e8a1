import Configuration
import YAML

extension FuzzTarget {
    /// Ends in a tree within its limits or in a problem, and so does a configuration over it.
    static let yaml = FuzzTarget(name: "yaml") { input in
        let limits = YAML.Limits(bytes: 1 << 16, nodes: 2_000, depth: 32)
        if let tree = try? YAML.parse(input, limits: limits) {
            precondition(tree.count <= limits.nodes, "more nodes than allowed")
        }
        let file = ConfigurationFile(name: "fuzz.yaml", bytes: input)
        do throws(ConfigurationError) { _ = try Sample.schema.load(file: file) } catch { _ = error.description }
    }
}

/// Settings of the kinds that have a shape of their own.
private struct Sample: Sendable {
    var interval = Duration.seconds(1)
    var size = ByteSize(bytes: 1)
    var token: Secret?
    var limits: [String: Int] = [:]
    var parts: [Part] = []

    struct Part: Sendable {
        var name = ""
        var weights: [Double] = []
    }

    static let part = Schema(Part()) {
        Setting("name", \.name, .string, "A name.", required: true)
        Setting("weights", \.weights, .list(of: .number), "Weights.")
    }

    static let schema = Schema(Sample()) {
        Section("a") {
            Setting("interval", \.interval, .duration, "A duration.")
            Setting("size", \.size, .byteSize, "A size.")
        }
        Setting("token", \.token, .secret(file: .mayComeLater), "A secret.")
        Setting("limits", \.limits, .map(of: .integer(in: 0...9)), "Limits.")
        Setting("parts", \.parts, .list(of: .section(part)), "Parts.")
    }
}

extension YAML.Node {
    fileprivate var count: Int {
        switch content {
        case .scalar: 1
        case .sequence(let nodes): nodes.reduce(1) { $0 + $1.count }
        case .mapping(let entries): entries.reduce(1) { $0 + $1.value.count }
        }
    }
}
