import SimulatedCluster

/// Which of slurmrestd's plugins answers.
enum Plugin: Sendable {
    case controller, accounting

    /// As v0.0.38 and v0.0.39 name it, which have plugins of their own.
    func versionedType(_ version: APIVersion) -> String {
        "openapi/\(self == .accounting ? "db" : "")\(version.name)"
    }

    func versionedName(_ version: APIVersion) -> String {
        "Slurm OpenAPI \(self == .accounting ? "DB " : "")\(version.name)"
    }

    var name: String { self == .accounting ? "slurmdbd" : "slurmctld" }
}

extension JSONWriter {
    mutating func meta(_ plugin: Plugin, cluster: Text) {
        key("meta")
        beginObject()
        if dialect.version <= .v39 { versionedMeta(plugin) } else { currentMeta(plugin, cluster) }
        endObject()
    }

    private mutating func versionedMeta(_ plugin: Plugin) {
        key("plugin")
        object { writer in
            writer.member("type", plugin.versionedType(writer.dialect.version))
            writer.member("name", plugin.versionedName(writer.dialect.version))
            if writer.dialect.version == .v39 { writer.member("data_parser", "v0.0.39") }
        }
        if dialect.version == .v39 {
            key("client")
            object { $0.member("source", Self.client) }
        }
        key("Slurm")
        object { writer in
            writer.key("version")
            writer.object { writer in
                writer.member("major", Int(writer.dialect.release.major) ?? 0)
                writer.member("micro", Int(writer.dialect.release.micro) ?? 0)
                writer.member("minor", Int(writer.dialect.release.minor) ?? 0)
            }
            writer.member("release", writer.dialect.release.fullName)
        }
    }

    private mutating func currentMeta(_ plugin: Plugin, _ cluster: Text) {
        key("plugin")
        object { writer in
            writer.member("type", "openapi/\(plugin.name)")
            writer.member("name", "Slurm OpenAPI \(plugin.name)")
            writer.member("data_parser", "data_parser/\(writer.dialect.version.name)")
            writer.member("accounting_storage", "accounting_storage/slurmdbd")
        }
        key("client")
        object { writer in
            writer.member("source", Self.client)
            writer.member("user", "root")
            writer.member("group", "root")
        }
        key("command")
        emptyList()
        key("slurm")
        object { writer in
            writer.key("version")
            writer.object { writer in
                writer.member("major", writer.dialect.release.major)
                writer.member("micro", writer.dialect.release.micro)
                writer.member("minor", writer.dialect.release.minor)
            }
            writer.member("release", writer.dialect.release.fullName)
            writer.key("cluster")
            writer.text(cluster)
        }
    }

    private static let client = "[localhost]:45678"
}
