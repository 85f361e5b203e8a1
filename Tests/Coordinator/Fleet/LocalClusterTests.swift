import Configuration
import Testing

@testable import Fleet

struct LocalClusterTests {
    @Test func clustersBecomeTheConfigurationOfAllShards() throws {
        let clusters = try LocalCluster.all(["a=http://x:6820", "b \"c\" ${HOME}=unix:/run/slurmrestd.socket"])
        #expect(clusters.map(\.description) == ["a=http://x:6820", "b \"c\" ${HOME}=unix:/run/slurmrestd.socket"])
        #expect(
            LocalCluster.configuration(of: clusters, hasToken: true) == #"""
                clusters:
                  - name: a
                    base_url: http://x:6820
                    token: ${SLURM_JWT}
                  - name: "b \"c\" $${HOME}"
                    base_url: unix:/run/slurmrestd.socket
                    token: ${SLURM_JWT}

                """#)
    }

    private static let addresses = "write http://host:port, https://host:port or unix:/path"

    @Test(arguments: [
        (["foo"], "--cluster: \"foo\" is no cluster: write NAME=URL"),
        (["=http://x"], "--cluster: \"=http://x\" is no cluster: write NAME=URL"),
        (["a=ftp://x"], "--cluster: a: \"ftp://x\" is no address: \(addresses)"),
        (["a=b=c"], "--cluster: a: \"b=c\" is no address: \(addresses)"),
        (["good=http://x", "a="], "--cluster: a: \"\" names no address"),
        (
            ["a=http://me:secret@x"],
            "--cluster: a: the value has a user in it: there are keys for user and token: \(addresses)"
        ),
        (
            ["a/b=http://x"],
            "--cluster: a/b: \"a/b\" has a character in it that no cluster of a fleet may have: /, ? or #"
        ),
        (["a=http://x", "a=http://y"], "--cluster: names the cluster a twice"),
    ])
    func whatIsNoClusterIsRefusedByName(_ texts: [String], _ complaint: String) {
        let error = #expect(throws: ConfigurationError.self) { try LocalCluster.all(texts) }
        #expect(error?.description == complaint)
    }
}
