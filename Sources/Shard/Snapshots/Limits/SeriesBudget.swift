public import Metrics

/// Which families are left out so that there are not too many series: whole ones, the least important level first and
/// of a level the largest. Critical ones never.
///
/// A family comes back only with some room to spare, so that one at the limit doesn't come and go.
public struct SeriesBudget: Sendable {
    public struct Family: Sendable {
        public let name: MetricName
        public let level: Level
        public let series: Int

        public init(_ name: MetricName, _ level: Level, series: Int) {
            self.name = name
            self.level = level
            self.series = series
        }
    }

    /// The share of the limit up to which families come back.
    private static let comfort = 0.9

    private let limit: Int?
    public private(set) var dropped: Set<MetricName> = []

    public init(limit: Int?) {
        self.limit = limit
    }

    /// - Parameter families: all there are, the dropped ones too.
    public mutating func decide(_ families: [Family]) {
        guard let limit else { return }
        let ranked = families.filter { $0.level != .critical }.sorted { Self.precedes($0, $1) }
        dropped.formIntersection(ranked.map(\.name))
        var total = families.reduce(0) { $0 + (dropped.contains($1.name) ? 0 : $1.series) }
        if total > limit {
            for family in ranked where total > limit && dropped.insert(family.name).inserted { total -= family.series }
        } else {
            let room = Int(Double(limit) * Self.comfort)
            // Nobody overtakes a family that matters more.
            for family in ranked.reversed() where dropped.contains(family.name) {
                guard total + family.series <= room else { break }
                dropped.remove(family.name)
                total += family.series
            }
        }
    }

    /// Who goes first.
    private static func precedes(_ left: Family, _ right: Family) -> Bool {
        if left.level != right.level { return left.level > right.level }
        return left.series == right.series ? left.name < right.name : left.series > right.series
    }
}
