import Configuration
import FleetProtocol
import Testing

@testable import Fleet

struct ShardConfigurationTests {
    private func configuration(_ yaml: String) throws(ConfigurationError) -> ShardConfiguration {
        try ShardConfiguration(ConfigurationFile(name: "shard.yaml", bytes: Array(yaml.utf8)))
    }

    @Test(arguments: [
        ("slurm: {cluster: alpha}", ["alpha"]),
        ("clusters: [{name: b, base_url: 'http://x'}, {name: a}]", ["b", "a"]),
        ("slurm: {cluster: alpha, token: \"file:/run/token\"}", ["alpha"]),
        ("slurm: {cluster: alpha, token: \"${SLURM_JWT}\"}", ["alpha"]),
    ])
    func clustersAreReadFromWhatIsHandedOn(_ yaml: String, _ clusters: [String]) throws {
        let configuration = try configuration(yaml)
        #expect(configuration.clusters == clusters)
        #expect(configuration.shared.yaml == yaml)
    }

    /// Files and variables are those of the shards' hosts.
    @Test(arguments: [
        "base_url: https://a, ca_file: /nowhere/ca.pem", "base_url: \"${NOWHERE_URL}\"",
        "source: cli, commands: {directory: /nowhere}", "token: \"${NOWHERE_TOKEN}\", authentication: bearer",
        "token: \"file:/nowhere/token\"",
    ])
    func whatOnlyShardsCanTellIsLeftToThem(_ keys: String) throws {
        #expect(try configuration("slurm: {cluster: alpha, \(keys)}").clusters == ["alpha"])
    }

    @Test(arguments: [
        ("", "shard.yaml:1: slurm.cluster: is missing: each cluster of a fleet needs its name"),
        ("slurm: {}", "shard.yaml:1: slurm.cluster: is missing: each cluster of a fleet needs its name"),
        ("slurm: {cluster: auto}", "shard.yaml:1: slurm.cluster: is missing: each cluster of a fleet needs its name"),
        ("clusters: [{name: a}, {name: a}]", "shard.yaml:1: clusters: names the cluster a twice"),
        ("clusters: [{name: a}, {}]", "shard.yaml:1: clusters[1].name: is missing: write text"),
        (
            "slurm:\n  cluster: alpha\n  token: secret",
            "shard.yaml:3: slurm.token: is the secret itself, which would be in the plan: write file:/path or ${VARIABLE}"
        ),
        (
            "slurm: {cluster: alpha}\nfleet:\n  tokens: [secret]",
            "shard.yaml:3: fleet.tokens: is the secret itself, which would be in the plan: write file:/path or ${VARIABLE}"
        ),
        (
            "slurm: {cluster: a/b}",
            "shard.yaml:1: slurm.cluster: \"a/b\" has a character in it that no cluster of a fleet may have: /, ? or #"
        ),
        (
            "slurm:\n  cluster: alpha\n  base_url: http://me:secret@a:6820",
            "shard.yaml:3: slurm.base_url[0]: the value has a user in it: there are keys for user and token: write http://host:port, https://host:port or unix:/path"
        ),
        (
            "slurm: {cluster: alpha}\ncollectorz: {x: 1}",
            "shard.yaml:2: collectorz: unknown key: did you mean \"collectors\"?"
        ),
    ])
    func whatCannotBeHandedOnIsRefused(_ yaml: String, _ error: String) {
        #expect(errors(yaml) == [error])
        #expect(!errors(yaml).joined().contains("secret}") && !errors(yaml).joined().contains("me:secret"))
    }

    @Test func allThatIsWrongIsSaidAtOnce() {
        let yaml = "slurm:\n  cluster: alpha\n  token: secret\n  sauce: x\ncollectors: {jobs: {interval: 0}}\n"
        #expect(errors(yaml).map { $0.prefix { $0 != " " } } == ["shard.yaml:4:", "shard.yaml:5:", "shard.yaml:3:"])
    }

    private func errors(_ yaml: String) -> [String] {
        do throws(ConfigurationError) {
            _ = try configuration(yaml)
            return []
        } catch {
            return error.errors.map(\.description)
        }
    }
}
