/// Two families that one exposition can't hold, because both would write or reserve the same name.
public struct NameClash: Hashable, Sendable {
    /// As it would stand in the exposition.
    public let name: String
    public let first: MetricName
    public let second: MetricName

    /// All clashes among families under a slice's prefix, in the families' order.
    ///
    /// OpenMetrics reserves what it might write: counter `a_total` clashes with gauge `a` as well as with `a_created`.
    public static func all(among families: [MetricFamily], under prefix: MetricPrefix? = nil) -> [NameClash] {
        var owners: [String: MetricName] = [:]
        var clashes: [NameClash] = []
        for family in families {
            let name = prefix.map(family.name.prefixed) ?? family.name
            for taken in family.type.names(of: name) {
                if let owner = owners.updateValue(family.name, forKey: taken) {
                    clashes.append(NameClash(name: taken, first: owner, second: family.name))
                }
            }
        }
        return clashes
    }
}

extension NameClash: CustomStringConvertible {
    public var description: String { "\(first) and \(second) both need the name '\(name)'" }
}

extension FamilyType {
    /// The names that a family takes up, in either format: its own, and those of its samples.
    fileprivate func names(of name: MetricName) -> [String] {
        switch self {
        case .gauge, .stateset, .unknown: [name.text]
        case .counter: name.dropping("_total").map { [$0, name.text, $0 + "_created"] } ?? [name.text]
        case .info: [name.dropping("_info") ?? name.text, name.text]
        case .histogram: ["", "_bucket", "_sum", "_count", "_created"].map { name.text + $0 }
        case .gaugeHistogram: ["", "_bucket", "_gsum", "_gcount"].map { name.text + $0 }
        case .summary: ["", "_sum", "_count", "_created"].map { name.text + $0 }
        }
    }
}

extension MetricName {
    /// What is left without a suffix, or nil without the suffix or with nothing left.
    func dropping(_ suffix: String) -> String? {
        text.hasSuffix(suffix) && text.utf8.count > suffix.utf8.count
            ? String(text.dropLast(suffix.count)) : nil
    }
}
