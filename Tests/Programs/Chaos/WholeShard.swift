import Foundation
import HTTPClient
import TestSupport

/// A shard that does all the work by itself.
struct WholeShard: Sendable {
    let address: String
    let client: HTTPClient

    private struct Upstream: Decodable {
        struct Feed: Decodable {
            let ageSeconds: Double?
            let lastDurationSeconds: Double
            let errorKind: String?

            func wasAsked(within time: Duration) -> Bool {
                errorKind == "absent" || ageSeconds.map { .seconds($0 + lastDurationSeconds) < time } ?? false
            }
        }

        let feeds: [Feed]
    }

    func isReady() async -> Bool { await get("/ready") != nil }

    func metrics() async -> [UInt8]? { await get("/metrics") }

    /// Waits until each feed that Slurm has got an answer to a question that was asked after a moment.
    func hasAsked(since moment: ContinuousClock.Instant) async -> Bool {
        await eventually {
            let elapsed = ContinuousClock.now - moment
            if let feeds = await feeds(), feeds.allSatisfy({ $0.wasAsked(within: elapsed) }) { return true }
            try? await Task.sleep(for: .milliseconds(50))
            return false
        }
    }

    private func feeds() async -> [Upstream.Feed]? {
        guard let body = await get("/debug/upstreams") else { return nil }
        return try? JSONDecoder().decode([Upstream].self, from: Data(body)).flatMap(\.feeds)
    }

    private func get(_ path: String) async -> [UInt8]? {
        let answer = try? await client.get("http://\(address)\(path)", within: .seconds(10))
        return answer?.0 == 200 ? answer?.1 : nil
    }
}
