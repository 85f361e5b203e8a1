import Metrics

/// What every JSON line has.
struct KindLine: Decodable {
    let kind: String
}

struct SnapshotLine: Codable {
    static let currentVersion = 1

    var kind = "snapshot"
    let version: Int
    let slice: String
    let generation: String
    /// In order; nil where the sender is too old to say.
    var collectors: [String: [String]]?
}

struct FeedLine: Codable {
    var kind = "feed"
    let cluster: String
    let feed: String
    let isUp: Bool
    var generation: UInt64?
    var answered: Int64?
    var age: Double?
    var lifetime: Double?
}

struct FamilyLine: Codable {
    /// Or `level`, of a state's tables.
    var kind = "family"
    let cluster: String
    let collector: String
    let family: String
    let type: String
    var bounds: [Double]?
    var quantiles: [Double]?
    var states: [String]?
    let help: String
    let unit: String?
    /// Nil where each series names its own.
    let labels: [String]?
    let level: String
    let merge: String
    /// Of numbers in fixed point: 3 means that the numbers count thousandths.
    let decimals: Int?
    let feed: String?
    let series: Int
    let dropped: String?
}

/// Followed by a line of numbers for each mark, and then by the levels.
struct StateLine: Codable {
    var kind = "state"
    let cluster: String
    let collector: String
    let feed: String
    /// Nil where nobody knows.
    var generation: UInt64?
    let name: String
    let numbers: [String: Int64]
    let markWidth: Int
    let marks: Int
    let levels: Int
}

struct EndLine: Codable {
    var kind = "end"
    let families: Int
    let series: Int
    /// Nil where nothing is counted on.
    var states: Int?
}

extension StateLine {
    init(_ state: CountingState) {
        self.init(
            cluster: state.cluster, collector: state.collector, feed: state.feed.rawValue,
            generation: state.generation == 0 ? nil : state.generation, name: state.state.name,
            numbers: state.state.numbers, markWidth: state.state.markWidth,
            marks: state.state.marks.count / state.state.markWidth, levels: state.state.levels.count)
    }
}

extension FeedLine {
    init(_ state: FeedState) {
        self.init(
            cluster: state.cluster, feed: state.feed.rawValue, isUp: state.isUp, generation: state.data?.generation,
            answered: state.data?.answered, age: state.data?.age, lifetime: state.data?.lifetime)
    }

    /// Nil for a feed of a newer version.
    var state: FeedState? {
        guard let feed = Feed(rawValue: feed) else { return nil }
        var data: FeedState.Data?
        if let generation, let answered, let age, let lifetime {
            data = FeedState.Data(generation: generation, answered: answered, age: age, lifetime: lifetime)
        }
        return FeedState(cluster: cluster, feed: feed, isUp: isUp, data: data)
    }
}
