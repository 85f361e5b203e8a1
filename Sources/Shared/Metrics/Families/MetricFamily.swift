/// A metric as it is declared, once: what it is called, what it means, and how it is treated.
///
/// Counters are named as their users know them, with `_total`; so are infos, with `_info`. A counter whose name is fixed
/// without `_total` is a counter in text 0.0.4 and `unknown` in OpenMetrics, which has no such counters.
public struct MetricFamily: Hashable, Sendable {
    public let name: MetricName
    public let type: FamilyType
    public let help: String
    /// Documentation; scrapers see it where the name ends in it.
    public let unit: String?
    public let labels: Labels
    public let level: Level
    public let merge: MergeRule
    public let feed: Feed?

    public enum Labels: Hashable, Sendable {
        /// Each series has these, in this order.
        case declared([LabelName])
        /// Each series names its own: families that others declared.
        case open
    }

    /// A family of our own: a declaration that can't be written down ends the program.
    public init(
        _ name: MetricName, _ type: FamilyType, help: String, unit: String? = nil, labels: [LabelName] = [],
        level: Level = .important, merge: MergeRule = .sum, feed: Feed? = nil
    ) {
        precondition(!help.isEmpty, "\(name) has no help")
        do throws(InvalidFamily) {
            try self.init(
                checking: name, type, help: help, unit: unit, labels: .declared(labels), level: level, merge: merge,
                feed: feed)
        } catch { preconditionFailure("\(error)") }
    }

    /// A family that someone else declared, with whatever labels its series have.
    public init(
        foreign name: MetricName, _ type: FamilyType, help: String = "", unit: String? = nil,
        merge: MergeRule = .union
    ) throws(InvalidFamily) {
        try self.init(
            checking: name, type, help: help, unit: unit, labels: .open, level: .important, merge: merge, feed: nil)
    }

    /// A family of our own as another process declared it.
    public init(
        checking name: MetricName, _ type: FamilyType, help: String, unit: String?, labels: Labels, level: Level,
        merge: MergeRule, feed: Feed?
    ) throws(InvalidFamily) {
        self.name = name
        self.type = type
        self.help = help
        self.unit = unit
        self.labels = labels
        self.level = level
        self.merge = merge
        self.feed = feed
        if let reason = defect { throw InvalidFamily(name: name, reason: reason) }
    }

    private var defect: InvalidFamily.Reason? {
        if let reason = type.defect { return reason }
        if type == .info && !name.text.hasSuffix("_info") { return .infoName }
        if let unit, !unit.utf8.allSatisfy(NameGrammar.metric.accepts(byte:)) || unit.isEmpty { return .unit(unit) }
        if !merge.isValid { return .decimals }
        guard case .declared(let names) = labels else { return nil }
        if let own = type.ownLabel(in: name), names.contains(where: { $0.text == own }) { return .reservedLabel(own) }
        return Set(names).count == names.count ? nil : .repeatedLabel
    }
}
