import Configuration
public import FleetProtocol
import YAML

/// The configuration of all shards, as far as a coordinator has to understand it: it hands it on as it is written.
public struct ShardConfiguration: Sendable {
    public let shared: SharedConfiguration
    /// In the order in which they are written.
    public let clusters: [String]

    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    public init(file path: String) throws {
        let file = try ConfigurationFile(path: path)
        try self.init(yaml: String(decoding: file.bytes, as: UTF8.self), name: path)
    }

    init(yaml: String, name: String) throws(Unusable) {
        let node: YAML.Node
        do throws(YAML.Problem) { node = try YAML.parse(yaml) } catch {
            throw Unusable(description: "\(name): \(error)")
        }
        if let path = node.writtenSecret(at: "") {
            throw Unusable(
                description:
                    "\(name): \(path) is the secret itself, which would be in the plan: write file:/path or ${VARIABLE}"
            )
        }
        let several = node["clusters"]?.items.map { $0["name"]?.text } ?? []
        let names = several.isEmpty ? [node["slurm"]?["cluster"]?.text ?? node["slurm"]?["name"]?.text] : several
        guard let clusters = names as? [String], !clusters.contains("auto") else {
            throw Unusable(
                description: "\(name): each cluster of a fleet needs its name: slurm.cluster, or clusters[].name")
        }
        guard Set(clusters).count == clusters.count else {
            throw Unusable(description: "\(name): a cluster is named twice")
        }
        if let odd = clusters.first(where: { $0.isEmpty || $0.contains("/") || $0.contains("?") || $0.contains("#") }) {
            throw Unusable(description: "\(name): '\(odd)' can't be the name of a cluster of a fleet")
        }
        shared = SharedConfiguration(yaml: yaml)
        self.clusters = clusters
    }
}

extension YAML.Node {
    fileprivate subscript(key: String) -> YAML.Node? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    fileprivate var items: [YAML.Node] {
        if case .sequence(let items) = content { items } else { [] }
    }

    fileprivate var text: String? {
        guard case .scalar(let scalar) = content, !scalar.isNull else { return nil }
        return scalar.text
    }

    /// The path of a key whose value is a secret and not where to find one.
    fileprivate func writtenSecret(at path: String) -> String? {
        switch content {
        case .scalar: nil
        case .sequence(let items): items.lazy.compactMap { $0.writtenSecret(at: path) }.first
        case .mapping(let entries):
            entries.lazy.compactMap { entry in
                let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                if ["token", "password"].contains(entry.key), let text = entry.value.text, !text.isReference {
                    return path
                }
                return entry.value.writtenSecret(at: path)
            }.first
        }
    }
}

extension String {
    fileprivate var isReference: Bool { hasPrefix("file:") || hasPrefix("${") && hasSuffix("}") }
}
