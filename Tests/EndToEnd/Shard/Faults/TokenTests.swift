import Foundation
import TestSupport
import Testing

/// Tokens expire, and are renewed in their file.
struct TokenTests {
    @Test func aTokenThatIsRenewedInItsFileIsTaken() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(Self.token(expiring: 1_700_000_000) + "\n", to: "token")
        let fresh = Self.token(expiring: 4_000_000_000)
        let simulator = try await RunningSimulator("--token", fresh)
        let shard = try await RunningShard(
            of: simulator, slurm: ", token_file: \(file), circuit_breaker: {reset_timeout: 1s}",
            ClusterConfiguration.terse)
        let refused = try await shard.scrape()
        #expect(refused["slurm_exporter_up"] == 0)
        #expect(refused["slurm_exporter_collection_errors_total", ["error_type": "auth"]] ?? 0 >= 1)
        #expect(refused["slurm_exporter_token_expiry_timestamp_seconds"] == 1_700_000_000)
        #expect(try await shard.upstreams().map(\.tokenExpires) == ["2023-11-14T22:13:20.000Z"])

        try Data(fresh.utf8).write(to: URL(filePath: file), options: .atomic)
        let taken = try await shard.scrape { $0["slurm_exporter_up"] == 1 }
        #expect(taken["slurm_exporter_token_expiry_timestamp_seconds"] == 4_000_000_000)
        #expect(!shard.process.standardError.contains(fresh))
        let shown = try await shard.get("/debug/configuration").body + shard.get("/debug/upstreams").body
        #expect(!shown.contains(fresh))
        withExtendedLifetime(directory) {}
    }

    /// A token that nobody verifies.
    private static func token(expiring time: Int) -> String {
        [#"{"alg":"HS256","typ":"JWT"}"#, #"{"exp":\#(time),"iat":1,"sun":"monitor"}"#, "signature"].map {
            Data($0.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
                .replacing("/", with: "_")
        }.joined(separator: ".")
    }
}
