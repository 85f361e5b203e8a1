import Collectors
import Configuration
import Metrics

extension ShardSettings {
    static func metricsKeys(_ families: KnownFamilies) -> SchemaPart<ShardSettings> {
        @SchemaBuilder<ShardSettings> var part: SchemaPart<ShardSettings> {
            Section("metrics", "Which series there are, and what they are called.") {
                Section("histograms") { histogramKeys }
            }
            Section("metrics", \.metrics) { MetricsSettings.keys(families) }
            Check(\.metrics.prefix) { settings in
                families.clash(among: settings.enabledCollectors, under: settings.metrics.prefix).map { "lets \($0)" }
            }
        }
        return part
    }

    @SchemaBuilder<ShardSettings> private static var histogramKeys: SchemaPart<ShardSettings> {
        Setting(
            "job_duration_buckets", \.selection.histograms.jobDurations, .buckets,
            "Upper bounds of waiting times and run times, in seconds.")
        Setting(
            "memory_usage_buckets", \.selection.histograms.memoryUse, .buckets, "Upper bounds of memory use, in bytes.")
    }
}

extension MetricsSettings {
    fileprivate static func keys(_ families: KnownFamilies) -> SchemaPart<MetricsSettings> {
        @SchemaBuilder<MetricsSettings> var part: SchemaPart<MetricsSettings> {
            Setting(
                "prefix", \.prefix, .metricPrefix,
                "What stands in place of `slurm_` in names, such as `slurm_jobs_`. "
                    + "One of its own makes this exporter a part of a split."
            )
            Setting(
                "max_series", \.maximumSeries, .integer(in: 1...),
                "How many series there are at most; above that whole families go, detail first.", unset: "unlimited")
            Setting(
                "label_limits", \.labelLimits, .map(of: .integer(in: 0...), keys: .label(families)),
                "How many values of a label have series of their own; the others are one, `other`.")
            Section(
                "levels", \.levels,
                "Families that are refreshed at intervals of their own, never more often than their feed."
            ) {
                Levels.keys(families)
            }
            Section("level_intervals", \.levels.intervals, "How often the families of each level are refreshed.") {
                Levels.Intervals.keys
            }
            Section("sampling") {
                Section("jobs", \.sampling, "Which jobs have series of their own.") { Sampling.keys }
            }
            Section("aggregation", \.aggregation, "By what nodes and jobs are summed up.") { Aggregation.keys }
            Section("exporter", \.exporter, "The exporter's figures about itself.") { ExporterFigures.keys }
            Setting(
                "compatibility", \.compatibility, .list(of: .enumeration("set")),
                "Other exporters' metrics that are served besides, each at `/metrics?set=NAME`, under their own names.")
            Section("retention") { retention }
        }
        return part
    }

    @SchemaBuilder<MetricsSettings> private static var retention: SchemaPart<MetricsSettings> {
        let why = "an exporter shows what is now and keeps no history"
        let instead = "Prometheus' --storage.tsdb.retention.time"
        Ignored("high_frequency", .duration, why: why, instead: instead)
        Ignored("medium_frequency", .duration, why: why, instead: instead)
        Ignored("low_frequency", .duration, why: why, instead: instead)
    }
}

extension MetricsSettings.Levels {
    fileprivate static func keys(_ families: KnownFamilies) -> SchemaPart<Self> {
        @SchemaBuilder<Self> var part: SchemaPart<Self> {
            Setting("critical", \.critical, .list(of: .family(families)), "The last to go under pressure.")
            Setting("important", \.important, .list(of: .family(families)), "Between the others.")
            Setting("detailed", \.detailed, .list(of: .family(families)), "The first to go under pressure.")
            Check(\.detailed) { levels in
                var names: Set<MetricName> = []
                let all = Level.allCases.flatMap(levels.families)
                return all.first { !names.insert($0).inserted }.map { "has \($0), which stands twice among the levels" }
            }
        }
        return part
    }
}

extension MetricsSettings.Levels.Intervals {
    @SchemaBuilder<Self> fileprivate static var keys: SchemaPart<Self> {
        Setting("critical", \.critical, .interval, "Of those under `metrics.levels.critical`.")
        Setting("important", \.important, .interval, "Of those under `metrics.levels.important`.")
        Setting("detailed", \.detailed, .interval, "Of those under `metrics.levels.detailed`.")
    }
}

extension MetricsSettings.Sampling {
    @SchemaBuilder<Self> fileprivate static var keys: SchemaPart<Self> {
        Setting("enabled", \.isEnabled, .boolean, "Whether there is a choice at all.")
        Setting(
            "rate", \.rate, .number(in: 0...1),
            "The share of jobs, chosen by their number and so for as long as they last. Totals count all.")
        Setting(
            "stratified", \.isStratified, .boolean, "Whether the share holds for each partition and state by itself.")
    }
}

extension MetricsSettings.Aggregation {
    @SchemaBuilder<Self> fileprivate static var keys: SchemaPart<Self> {
        Setting("enabled", \.isEnabled, .boolean, "Whether `levels` is looked at.")
        Setting(
            "levels", \.levels, .list(of: .enumeration("level")),
            "What is left out switches off the collector `cluster`, `partitions`, `users` or `accounts`, "
                + "unless `collectors` enables it."
        )
    }
}
