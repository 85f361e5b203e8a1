public import Foundation

/// How a shard's `/debug/upstreams` shows a cluster.
public struct UpstreamReport: Decodable, Sendable {
    public let cluster: String
    public let address: String
    public let breaker: String
    public let versions: [String: String]
    public let tokenExpires: String?
    public let feeds: [Feed]

    public struct Feed: Decodable, Sendable {
        public let feed: String
        public let ageSeconds: Double?
        public let lastDurationSeconds: Double
        public let generation: UInt64
        public let error: String?
        public let errorKind: String?

        func wasAsked(within time: Duration) -> Bool {
            ageSeconds.map { .seconds($0 + lastDurationSeconds) < time } ?? false
        }
    }

    public static func all(of body: Data) throws -> [UpstreamReport] {
        try JSONDecoder().decode([UpstreamReport].self, from: body)
    }
}
