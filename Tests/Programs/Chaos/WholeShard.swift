import Foundation
import HTTPClient
import TestSupport

/// A shard that does all the work by itself.
struct WholeShard: Sendable {
    let address: String
    let client: HTTPClient

    func isReady() async -> Bool { await get("/ready") != nil }

    func metrics() async -> [UInt8]? { await get("/metrics") }

    /// Waits until it shows, of each feed that Slurm has, an answer to a question that was asked after a moment.
    func showsAnswers(since moment: ContinuousClock.Instant) async throws -> Bool {
        try await TestSupport.showsAnswers(since: moment) { await get($0).map { Data($0) } }
    }

    private func get(_ path: String) async -> [UInt8]? {
        let answer = try? await client.get("http://\(address)\(path)", within: .seconds(10))
        return answer?.0 == 200 ? answer?.1 : nil
    }
}
