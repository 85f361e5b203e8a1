import Foundation
import RealSlurm
import TestSupport

/// How a shard is told of the real Slurm: with a token in a file, which can be replaced.
final class RealCluster: Sendable {
    private let slurm: RealSlurm
    private let directory: TemporaryDirectory

    /// - Parameter token: nil for one that lasts.
    init(_ slurm: RealSlurm, token: String? = nil) async throws {
        self.slurm = slurm
        directory = try TemporaryDirectory()
        if let token { try replaceToken(token) } else { try await renewToken() }
    }

    func renewToken() async throws {
        try replaceToken(try await slurm.token())
    }

    func replaceToken(_ token: String) throws {
        let path = try directory.write(token, to: "token")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// Asks each second, gives up soon, and tries again soon.
    ///
    /// - Parameter staleness: for how many intervals data is shown.
    func configuration(staleness: Int = 5) -> String {
        settings(staleness: staleness, timeout: "1500ms") + Self.withoutLimits
    }

    func settings(staleness: Int = 5, timeout: String = "1m") -> String {
        """
        slurm:
          cluster: real
          base_url: \(slurm.address)
          api_version: v0.0.38
          user: root
          token_file: \(directory.path("token"))
          request_timeout: \(timeout)
          retry_attempts: 0
          circuit_breaker: {failure_threshold: 5, reset_timeout: 500ms, success_threshold: 1}
        collection:
          max_load: 1
          staleness_factor: \(staleness)
          intervals: {cluster: 1s, nodes: 1s, partitions: 1s, jobs: 1s, users: 1s, accounts: 1s, scheduler: 1s}

        """
    }

    /// Limits change seldom, and each question to slurmdbd takes a tenth of a second.
    private static let withoutLimits = """
        collectors:
          qos: {enabled: false}
          reservations: {enabled: false}
          licenses: {enabled: false}
          fairshare: {enabled: false}
          accounting: {enabled: false}

        """

    private static let withLimits =
        "collectors: {fairshare: {include_limits: true}, accounting: {include_wckeys: true}}\n"

    /// What `--once` prints, where it succeeds.
    ///
    /// - Parameter hasLimits: whether slurmdbd is asked, too, which takes longer.
    func collectOnce(limits hasLimits: Bool = false) async throws -> Scrape {
        let collectors = hasLimits ? Self.withLimits : Self.withoutLimits
        let file = try directory.write(settings() + collectors, to: "shard.yaml")
        let shard = try ChildProcess(try builtProgram("slurm-shard"), ["--config", file, "--once"])
        guard try await shard.exit() == 0 else { throw CollectionFailure(output: shard.standardError) }
        return try Scrape(shard.standardOutput)
    }

    /// The same, or nil where it doesn't succeed.
    func collectOnceIfAnswered() async throws -> Scrape? {
        do { return try await collectOnce() } catch is CollectionFailure { return nil }
    }

    struct CollectionFailure: Error {
        let output: String
    }
}
