import Configuration
import Glibc
import TestSupport
import Testing
import Upstreams

@testable import ShardSettings

struct ClusterTests {
    @Test func withoutConfigurationThereIsOneClusterNearby() throws {
        let clusters = try settings().clusters
        #expect(clusters.count == 1 && clusters[0].name.isEmpty)
        #expect(clusters[0].rest.addresses == ["http://127.0.0.1:6820"])
        #expect(clusters[0].rest.requestTimeoutSeconds == 60)
        #expect(clusters[0] == ClusterSettings())
    }

    @Test func oneClusterIsWrittenUnderSlurm() throws {
        let cluster = try settings(
            """
            slurm:
              cluster: alpha
              source: rest
              base_url: ["https://head1:6820/", "unix:/run/slurmrestd.sock"]
              api_version: v0.0.44
              user: exporter
              token: abc
              authentication: bearer
              ca_file: /dev/null
              max_load: 0.5
              max_answer_size: 1GiB
            """
        ).clusters[0]
        #expect(cluster.name == "alpha" && cluster.rest.apiVersion == "v0.0.44" && cluster.rest.user == "exporter")
        #expect(cluster.rest.addresses == ["https://head1:6820", "unix:/run/slurmrestd.sock"])
        #expect(cluster.rest.token == Secret("abc") && cluster.rest.authentication == .bearer)
        #expect(cluster.rest.certificateAuthorityFile == "/dev/null")
        #expect(cluster.queue.maximumLoad == 0.5 && cluster.rest.maximumAnswerBytes == 1 << 30)
    }

    @Test func severalClustersShareTheirPaceUnlessTheyHaveTheirOwn() throws {
        let clusters = try settings(
            """
            clusters:
              - {name: alpha, base_url: "http://alpha:6820", token: a, request_timeout: 20s}
              - {name: beta, base_url: "http://beta:6820", retry_attempts: 0, max_load: 0.1}
            collection: {retry_attempts: 5, timeout: 30s, max_load: 0.2}
            """
        ).clusters
        #expect(clusters.map(\.name) == ["alpha", "beta"])
        #expect(clusters.map(\.rest.token) == [Secret("a"), nil])
        #expect(clusters.map(\.rest.requestTimeoutSeconds) == [20, 30])
        #expect(clusters.map(\.queue.retryAttempts) == [5, 0])
        #expect(clusters.map(\.queue.maximumLoad) == [0.2, 0.1])
    }

    @Test func theEnvironmentNamesSlurmAsItsToolsDo() throws {
        let environment = ["SLURM_REST_URL": "http://a:1,http://b:2", "SLURM_JWT": "secret"]
        let rest = try settings("slurm: {base_url: 'http://c:3', token: other}", environment: environment)
            .clusters[0].rest
        #expect(rest.addresses == ["http://a:1", "http://b:2"])
        #expect(rest.token == Secret("secret"))
    }

    @Test func aTokenFileIsATokenInAFile() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("jwt\n", to: "token")
        #expect(chmod(path, 0o600) == 0)
        let token = try settings("slurm: {token_file: \(path)}").clusters[0].rest.token
        #expect(token == Secret(file: path))
        #expect(try token?.reveal() == "jwt")
        #expect(try settings("slurm: {auth: {token_file: \(path)}}").clusters[0].rest.token == token)
        let environment = ["SLURM_EXPORTER_SLURM_TOKEN_FILE": path]
        #expect(try settings(environment: environment).clusters[0].rest.token == token)
        #expect(try settings("clusters: [{name: a, token_file: \(path)}]").clusters[0].rest.token == token)
    }

    /// Slurm's own commands know it, so that it is set for reasons of its own.
    @Test func slurmsVariablesDoNotStandBesideClusters() throws {
        let clusters = try settings(
            "clusters: [{name: a, token: \"${SLURM_JWT}\"}, {name: b}]", environment: ["SLURM_JWT": "jwt"]
        ).clusters
        #expect(clusters.map(\.rest.token) == [Secret("jwt"), nil])
        let own = ["SLURM_EXPORTER_SLURM_USER": "me"]
        #expect(errors("clusters: [{name: a}]", environment: own).count == 1)
    }

    @Test func aTokenFileMayComeLater() throws {
        #expect(
            try warnings("slurm:\n  token_file: /nowhere/token") == [
                "shard.yaml:2: slurm.token_file: can't read /nowhere/token: No such file or directory"
            ])
    }

    @Test func noTokenIsShown() throws {
        let loaded = try load(
            "clusters: [{name: a, token: hunter2}, {name: b}]", environment: [:], flags: [])
        #expect(!ShardSettings.effective(loaded).contains("hunter2"))
        #expect(ShardSettings.effective(loaded).contains("token: <secret>"))
        #expect(!"\(loaded.settings)".contains("hunter2"))
    }

    @Test(arguments: [
        ("http://head:6820", "http://head:6820"), ("http://head:6820/", "http://head:6820"),
        ("https://head/rest/", "https://head/rest"), ("http://[::1]:6820", "http://[::1]:6820"),
        ("http://[::1]", "http://[::1]"), ("http://10.0.0.1", "http://10.0.0.1"),
        ("unix:/run/slurmrestd.sock", "unix:/run/slurmrestd.sock"),
    ])
    func addressesAreTakenWithoutTheLastSlash(text: String, address: String) throws {
        #expect(try settings("slurm: {base_url: \"\(text)\"}").clusters[0].rest.addresses == [address])
    }

    @Test(arguments: ["http://u:secret@head", "https://u:secret@head/?x", "ftp://u:secret@head"])
    func whoIsInAnAddressIsNotRepeated(text: String) {
        let errors = errors("slurm:\n  base_url: \"\(text)\"")
        #expect(errors.count == 1 && errors.allSatisfy { $0.contains("has a user in it") && !$0.contains("secret") })
    }

    @Test(arguments: [
        ("head:6820", "is no address"), ("ftp://head", "is no address"), ("http://", "has no host"),
        ("http://:6820", "has no host"), ("http://head:0", "has no port from 1 to 65535"),
        ("http://head:x", "has no port from 1 to 65535"), ("http://head:065", "has no port from 1 to 65535"),
        ("http://::1", "has an IPv6 address without brackets"), ("http://[::1:6820", "has no host"),
        ("http://head?a=b", "has a query or a fragment"),
        ("http://head:6820/slurm/v0.0.44", "goes too far: it ends before /slurm"),
        ("unix:run.sock", "has no absolute path"), ("unix://run.sock", "has no absolute path"),
        ("http://he ad", "is no address"),
    ])
    func otherAddressesAreRefused(text: String, reason: String) {
        let allowed = "write http://host:port, https://host:port or unix:/path"
        #expect(
            errors("slurm:\n  base_url: \"\(text)\"") == [
                "shard.yaml:2: slurm.base_url[0]: \"\(text)\" \(reason): \(allowed)"
            ])
    }
}
