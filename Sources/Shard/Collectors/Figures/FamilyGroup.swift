import Metrics

/// Declares families that have most in common.
struct FamilyGroup {
    var labels: [LabelName] = []
    var level = Level.important
    let merge: MergeRule
    let feed: Feed

    /// - Parameter extra: labels that come after the common ones.
    func gauge(
        _ name: MetricName, _ help: String, unit: String? = nil, by extra: [LabelName] = [], level: Level? = nil,
        merge: MergeRule? = nil
    ) -> MetricFamily {
        family(name, .gauge, help, unit: unit, by: extra, level: level, merge: merge)
    }

    func counter(
        _ name: MetricName, _ help: String, unit: String? = nil, by extra: [LabelName] = [], level: Level? = nil,
        merge: MergeRule? = nil
    ) -> MetricFamily {
        family(name, .counter, help, unit: unit, by: extra, level: level, merge: merge)
    }

    func info(_ name: MetricName, _ help: String, by extra: [LabelName], level: Level? = nil) -> MetricFamily {
        family(name, .info, help, by: extra, level: level)
    }

    func histogram(
        _ name: MetricName, _ help: String, bounds: [Double], unit: String? = nil, by extra: [LabelName] = [],
        merge: MergeRule? = nil
    ) -> MetricFamily {
        family(name, .histogram(bounds: bounds), help, unit: unit, by: extra, merge: merge)
    }

    func summary(_ name: MetricName, _ help: String, unit: String) -> MetricFamily {
        family(name, .summary(quantiles: []), help, unit: unit)
    }

    private func family(
        _ name: MetricName, _ type: FamilyType, _ help: String, unit: String? = nil, by extra: [LabelName] = [],
        level: Level? = nil, merge: MergeRule? = nil
    ) -> MetricFamily {
        MetricFamily(
            name, type, help: help, unit: unit, labels: labels + extra, level: level ?? self.level,
            merge: merge ?? self.merge, feed: feed)
    }
}
