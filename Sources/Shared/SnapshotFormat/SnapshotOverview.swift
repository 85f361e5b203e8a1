import FoundationEssentials

/// What the slices of one process are at, so that only those are asked for that have changed.
///
/// As text it is one JSON object, the same for as long as nothing changes:
///
///     {"tags":{"jobs@alpha":"W/\"5f1c-17-3\"","nodes@alpha":"W/\"5f1c-12-3\""}}
///
/// Whoever reads passes over keys that it doesn't know.
public struct SnapshotOverview: Hashable, Codable, Sendable {
    /// By slice, the entity tag of its document.
    public var tags: [String: String]

    public init(tags: [String: String]) {
        self.tags = tags
    }

    /// - Returns: nil for bytes that are no overview.
    public init?(bytes: [UInt8]) {
        guard let overview = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = overview
    }

    public var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }
}
