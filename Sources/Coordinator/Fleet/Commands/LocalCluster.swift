import Configuration

/// A cluster that a fleet on one machine asks.
struct LocalCluster: CustomStringConvertible {
    private let name: String
    private let url: String

    /// What is known to hold.
    init(name: String, url: String) {
        self.name = name
        self.url = url
    }

    /// - Throws: what a coordinator and shards would say of it.
    private init(_ text: String) throws(ConfigurationError) {
        guard let equals = text.firstIndex(of: "="), text.startIndex < equals else {
            throw Self.complaint("", "\"\(text)\" is no cluster: write NAME=URL")
        }
        self.init(name: String(text[..<equals]), url: String(text[text.index(after: equals)...]))
        try Self.check([self], name)
    }

    /// - Parameter texts: `NAME=URL` of each.
    static func all(_ texts: [String]) throws(ConfigurationError) -> [LocalCluster] {
        var clusters: [LocalCluster] = []
        for text in texts { clusters.append(try LocalCluster(text)) }
        if clusters.count > 1 { try check(clusters) }
        return clusters
    }

    var description: String { "\(name)=\(url)" }

    /// The configuration of all shards.
    static func configuration(of clusters: [LocalCluster], hasToken: Bool) -> String {
        let token = hasToken ? "\n    token: ${SLURM_JWT}" : ""
        let entries = clusters.map {
            "  - name: \($0.name.asConfigured)\n    base_url: \($0.url.asConfigured)\(token)\n"
        }
        return "clusters:\n" + entries.joined()
    }

    private static func check(_ clusters: [LocalCluster], _ name: String = "") throws(ConfigurationError) {
        let text = configuration(of: clusters, hasToken: false)
        do throws(ConfigurationError) {
            _ = try ShardConfiguration(ConfigurationFile(name: "shard.yaml", bytes: Array(text.utf8)))
        } catch {
            throw ConfigurationError(error.errors.map { Diagnostic(at: .flag("cluster"), name, $0.text) })
        }
    }

    private static func complaint(_ path: String, _ text: String) -> ConfigurationError {
        ConfigurationError([Diagnostic(at: .flag("cluster"), path, text)])
    }
}
