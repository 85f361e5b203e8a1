public import Foundation

/// Waits until a shard shows, of each feed that Slurm has, an answer to a question that was asked after a moment. It may
/// have such an answer for a while before it is published.
///
/// - Parameter get: asks the shard for a path; nil where it has no answer.
public func showsAnswers(
    since moment: ContinuousClock.Instant, within limit: Duration = .seconds(60), _ get: (String) async throws -> Data?
) async throws -> Bool {
    var wanted: [String: UInt64]?
    return try await eventually(within: limit) {
        let elapsed = ContinuousClock.now - moment
        if wanted == nil, let body = try await get("/debug/upstreams") {
            wanted = generations(try UpstreamReport.all(of: body), askedWithin: elapsed)
        }
        if let wanted, let document = try await get("/snapshots/all") {
            let shown = generations(shownBy: document)
            if wanted.allSatisfy({ shown[$0.key] ?? 0 >= $0.value }) { return true }
        }
        // Asked without a pause, it would take the processor from what it waits for.
        try await Task.sleep(for: .milliseconds(50))
        return false
    }
}

/// - Returns: nil as long as one has no answer to a question that was asked since.
private func generations(_ reports: [UpstreamReport], askedWithin time: Duration) -> [String: UInt64]? {
    let feeds = reports.flatMap { report in report.feeds.map { (cluster: report.cluster, feed: $0) } }
        .filter { $0.feed.errorKind != "absent" }
    guard feeds.allSatisfy({ $0.feed.wasAsked(within: time) }) else { return nil }
    return Dictionary(uniqueKeysWithValues: feeds.map { ("\($0.cluster) \($0.feed.feed)", $0.feed.generation) })
}

/// - Parameter document: whose feeds come first.
private func generations(shownBy document: Data) -> [String: UInt64] {
    struct Line: Decodable {
        let kind: String
        let cluster: String
        let feed: String
        let generation: UInt64
    }
    let lines = document.prefix(1 << 16).split(separator: UInt8(ascii: "\n"))
        .compactMap { try? JSONDecoder().decode(Line.self, from: $0) }.filter { $0.kind == "feed" }
    return Dictionary(uniqueKeysWithValues: lines.map { ("\($0.cluster) \($0.feed)", $0.generation) })
}
