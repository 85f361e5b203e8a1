import FleetProtocol
import Testing

@testable import Fleet

struct ShardConfigurationTests {
    @Test(arguments: [
        ("slurm: {cluster: alpha}", ["alpha"]),
        ("clusters: [{name: b, base_url: 'http://x'}, {name: a}]", ["b", "a"]),
        ("slurm: {cluster: alpha, token: \"file:/run/token\"}", ["alpha"]),
        ("slurm: {cluster: alpha, token: \"${SLURM_JWT}\"}", ["alpha"]),
    ])
    func clustersAreReadFromWhatIsHandedOn(_ yaml: String, _ clusters: [String]) throws {
        let configuration = try ShardConfiguration(yaml: yaml, name: "shard.yaml")
        #expect(configuration.clusters == clusters)
        #expect(configuration.shared.yaml == yaml)
    }

    @Test(arguments: [
        "", "slurm: {}", "slurm: {cluster: auto}", "clusters: [{name: a}, {name: a}]", "clusters: [{name: a}, {}]",
        "slurm: {cluster: alpha, token: secret}", "clusters: [{name: a, password: secret}]", "a: [",
        "slurm: {cluster: a/b}",
    ])
    func whatCannotBeHandedOnIsRefused(_ yaml: String) {
        do throws(ShardConfiguration.Unusable) {
            _ = try ShardConfiguration(yaml: yaml, name: "shard.yaml")
            Issue.record("taken")
        } catch {
            #expect(error.description.hasPrefix("shard.yaml: ") && !error.description.contains("secret}"))
        }
    }
}
