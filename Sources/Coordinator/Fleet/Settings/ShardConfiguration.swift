import Configuration
public import FleetProtocol
import ShardSettings
import Upstreams
import YAML

/// The configuration of all shards: good keys, and nothing that must not be in a plan. It is handed on as it is written,
/// since each shard looks up for itself what it refers to.
public struct ShardConfiguration: Sendable {
    public let shared: SharedConfiguration
    /// In the order in which they are written.
    public let clusters: [String]

    /// - Throws: everything that is wrong with it.
    init(_ file: ConfigurationFile) throws(ConfigurationError) {
        let secrets = WrittenSecrets(file: file).complaints
        let loaded: Loaded<ShardSettings>
        do throws(ConfigurationError) {
            loaded = try ShardSettings.schema.load(forOtherHosts: file)
        } catch {
            throw ConfigurationError(error.errors + secrets, warnings: error.warnings)
        }
        let clusters = loaded.settings.clusters.map(\.name)
        let errors = secrets + Self.complaints(about: clusters, loaded.origins, in: file.name)
        guard errors.isEmpty else { throw ConfigurationError(errors, warnings: loaded.warnings) }
        shared = SharedConfiguration(yaml: String(decoding: file.bytes, as: UTF8.self))
        self.clusters = clusters
    }

    private static func complaints(about clusters: [String], _ origins: Origins, in file: String) -> [Diagnostic] {
        clusters.enumerated().compactMap { place, name in
            let path = origins["clusters"] == nil ? "slurm.cluster" : "clusters[\(place)].name"
            let origin = origins[path] ?? .file(name: file, line: 1, column: 1)
            if name.isEmpty {
                return Diagnostic(at: origin, path, "is missing: each cluster of a fleet needs its name")
            }
            guard name.contains(where: "/?#".contains) else { return nil }
            return Diagnostic(
                at: origin, path, "\"\(name)\" has a character in it that no cluster of a fleet may have: /, ? or #")
        }
    }
}
