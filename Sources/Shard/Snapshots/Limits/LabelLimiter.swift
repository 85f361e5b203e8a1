public import Metrics

/// Bounds the label values of one cluster, with the same choice for all its families, or rather two: values of gauges
/// give way to heavier ones, while those of counters are chosen for good, since a counter must not fall. Where slices
/// share a cluster, one decides for all, as none of them sees all weights.
///
/// A value weighs what its gauges of jobs and CPUs add up to: users, accounts and partitions by their jobs and CPUs,
/// nodes by their CPUs. A label that no such gauge has is weighed by the number of its series: names of jobs.
public struct LabelLimiter: Sendable {
    struct Count: Hashable {
        var shown = 0
        var merged = 0
        var renamed = 0
    }

    private var choices: [LabelName: LabelChoice]
    /// Of counters and histograms.
    private var lasting: [LabelName: LabelChoice]
    private var weights: [LabelName: [Feed: Weights]] = [:]
    /// Of the values that the feeds' newest generations have.
    private(set) var counts: [LabelName: Count] = [:]

    /// What one feed says about the values of a label.
    private struct Weights {
        var totals: [String: LabelTotal] = [:]
        /// Whether `sum` is one of jobs and CPUs.
        var areMeant = false
    }

    /// - Parameter kept: what somebody else who decided before has chosen.
    public init(_ limits: [LabelName: Int], kept: [KeptValues] = []) {
        choices = limits.mapValues { LabelChoice(limit: $0) }
        lasting = choices
        take(kept)
    }

    private mutating func take(_ kept: [KeptValues]) {
        for (label, choice) in choices {
            guard let values = kept.first(where: { $0.label == label.text }) else { continue }
            choices[label] = LabelChoice(limit: choice.limit, kept: values.current)
            lasting[label] = LabelChoice(limit: choice.limit, kept: values.lasting)
        }
    }

    /// What has been chosen.
    public var kept: [KeptValues] {
        choices.keys.sorted().map { label in
            KeptValues(
                label: label.text, current: choices[label]?.kept.sorted() ?? [],
                lasting: lasting[label]?.kept.sorted() ?? [])
        }
    }

    var isEmpty: Bool { choices.isEmpty }

    /// Looks at a new generation of a feed, and chooses anew.
    ///
    /// - Returns: whether values that were known before are treated differently from now on.
    @discardableResult
    public mutating func weigh(_ tables: [SeriesTable], of feed: Feed) -> Bool {
        var isChanged = false
        for (label, choice) in choices {
            let known = weights[label, default: [:]].values.reduce(into: Set<String>()) { $0.formUnion($1.totals.keys) }
            weights[label, default: [:]][feed] = Self.weights(of: label, in: tables)
            let combined = combined(label)
            var new = choice
            new.choose(combined)
            choices[label] = new
            lasting[label]?.fill(combined)
            counts[label] = Self.count(combined.keys, in: new)
            isChanged = isChanged || known.contains { choice.kept.contains($0) != new.kept.contains($0) }
        }
        return isChanged
    }

    /// Somebody else has chosen.
    mutating func obey(_ kept: [KeptValues], _ tables: [SeriesTable], of feed: Feed) {
        take(kept)
        for (label, choice) in choices {
            weights[label, default: [:]][feed] = Self.weights(of: label, in: tables)
            counts[label] = Self.count(combined(label).keys, in: choice)
        }
    }

    private static func weights(of label: LabelName, in tables: [SeriesTable]) -> Weights {
        var weights = Weights()
        for table in tables where table.family.has(label) {
            let isMeant = table.family.countsJobsOrCPUs
            weights.areMeant = weights.areMeant || isMeant
            for (value, total) in table.totals(by: label) {
                weights.totals[value, default: LabelTotal()].series += total.series
                if isMeant, total.sum.isFinite { weights.totals[value]?.sum += max(total.sum, 0) }
            }
        }
        return weights
    }

    private func combined(_ label: LabelName) -> [String: Double] {
        let feeds = weights[label, default: [:]].values
        let areMeant = feeds.contains(where: \.areMeant)
        var combined: [String: Double] = [:]
        for feed in feeds {
            for (value, total) in feed.totals {
                combined[value, default: 0] += areMeant ? total.sum : Double(total.series)
            }
        }
        return combined
    }

    /// - Returns: the table as it may be shown, and how many of its series could neither stay nor be merged.
    func limit(_ table: SeriesTable) -> (table: SeriesTable, dropped: Int) {
        let labels =
            table.family.type.onlyGrows
            ? lasting.filter { table.family.has($0.key) }
            : choices.filter { table.family.has($0.key) && !isTransparent($0.key) }
        guard !labels.isEmpty else { return (table, 0) }
        return table.replacingLabels(labels.mapValues { choice in { choice.replacement(of: $0) } })
    }

    /// Whether all known values of the label stay as they are.
    private func isTransparent(_ label: LabelName) -> Bool {
        counts[label].map { $0.merged == 0 && $0.renamed == 0 } ?? true
    }

    private static func count(_ values: some Sequence<String>, in choice: LabelChoice) -> Count {
        var count = Count()
        for value in values {
            switch choice.replacement(of: value) {
            case .kept, .removed: count.shown += 1
            case .renamed:
                count.shown += 1
                count.renamed += 1
            case .merged: count.merged += 1
            }
        }
        return count
    }
}

extension FamilyType {
    fileprivate var onlyGrows: Bool {
        switch self {
        case .counter, .histogram, .summary: true
        case .gauge, .gaugeHistogram, .info, .stateset, .unknown: false
        }
    }
}

extension MetricFamily {
    fileprivate func has(_ label: LabelName) -> Bool {
        if case .declared(let names) = labels { names.contains(label) } else { false }
    }

    fileprivate var countsJobsOrCPUs: Bool {
        guard type == .gauge else { return false }
        switch merge {
        case .sum, .sumOfFractions: return name.text.split(separator: "_").contains { $0 == "jobs" || $0 == "cpus" }
        case .max, .min, .union, .replica, .derived: return false
        }
    }
}
