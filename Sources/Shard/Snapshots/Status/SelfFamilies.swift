import Metrics

/// The families that tell how collecting and publishing go.
enum SelfFamilies {
    private static let collector: [LabelName] = ["cluster", "collector"]

    static let up = gauge(
        "slurm_exporter_up", "Whether all that is asked of this cluster was answered when it was asked last.",
        ["cluster"])
    static let collectorUp = gauge(
        "slurm_exporter_collector_up",
        "Whether the last attempt of each feed that the collector needs succeeded; 0 before the first.", collector)
    static let collectorStale = gauge(
        "slurm_exporter_collector_stale",
        "Whether data of the collector has grown too old, so that its metrics are not shown.", collector)
    static let dataAge = gauge(
        "slurm_exporter_data_age_seconds",
        "Time since Slurm's answer arrived that the collector's metrics are based on, of the oldest of its feeds.",
        collector, unit: "seconds")
    static let feedAge = gauge(
        "slurm_exporter_feed_age_seconds", "Time since the newest answer of this kind arrived.", ["cluster", "feed"],
        unit: "seconds")
    static let lastCollection = gauge(
        "slurm_exporter_last_collection_timestamp",
        "When the collector got data last, as a Unix time; the same as with _seconds.", collector)
    static let lastCollectionSeconds = gauge(
        "slurm_exporter_last_collection_timestamp_seconds", "When the collector got data last, as a Unix time.",
        collector, unit: "seconds")
    static func collectionDurations(_ bounds: [Double]) -> [MetricFamily] {
        [
            histogram(
                "slurm_exporter_collection_duration_seconds", bounds,
                "How long collections take, from the question to the series; failed ones too."),
            histogram(
                "slurm_exporter_collect_duration_seconds", bounds,
                "The same as slurm_exporter_collection_duration_seconds."),
        ]
    }

    static let collections = counter("slurm_exporter_collections_total", "Collections, failed ones too.", collector)
    static let collectErrors = counter("slurm_exporter_collect_errors_total", "Collections that failed.", collector)

    static func collectionErrors(_ labels: OwnFigures.ErrorLabels) -> MetricFamily {
        counter(
            "slurm_exporter_collection_errors_total", "Collections that failed, by reason.",
            ["cluster"] + (labels.tellsCollector ? ["collector"] : []) + (labels.tellsType ? ["error_type"] : []))
    }
}

extension SelfFamilies {
    /// Checkers of names want `_count` at the end for histograms only, but of families without a type they want nothing.
    static let seriesCount = untyped(
        "slurm_exporter_series_count", "Series shown of a family.", ["cluster", "family"])
    static let cardinality = gauge(
        "slurm_exporter_cardinality_current", "Series shown, the process's own not counted.", ["cluster"])
    static let cardinalityLimit = gauge(
        "slurm_exporter_cardinality_limit", "How many series are shown at most, where that is limited.")
    static let seriesDropped = counter(
        "slurm_exporter_series_dropped_total",
        "Series left out, counted at each collection: of families that had no room (max_series, memory), and of those that can't be part of 'other' (label_limit).",
        ["family", "reason"])
    static let labelValues = gauge(
        "slurm_exporter_label_values", "Values of a limited label that are shown by themselves.", ["cluster", "label"])
    static let labelValuesMerged = gauge(
        "slurm_exporter_label_values_merged", "Values of a limited label that are part of 'other'.",
        ["cluster", "label"])
    static let labelValuesRenamed = gauge(
        "slurm_exporter_label_values_renamed",
        "Values of a limited label that are shown with a '_' before them because they would be taken for the rest.",
        ["cluster", "label"])

    static let cacheHits = counter("slurm_exporter_cache_hits_total", "Scrapes answered from finished bytes.")
    static let cacheMisses = counter(
        "slurm_exporter_cache_misses_total", "Scrapes for which something had to be made first.")
    static let cacheHitRatio = gauge(
        "slurm_exporter_cache_hit_ratio", "The share of scrapes answered from finished bytes.")
    static let cacheSize = gauge(
        "slurm_exporter_cache_size_bytes", "Finished bytes that wait for scrapes.", unit: "bytes")
    static let memoryUsage = gauge("slurm_exporter_memory_usage_bytes", "Memory in use.", unit: "bytes")
    static let memoryGuard = gauge(
        "slurm_exporter_memory_guard_level",
        "What is left out for lack of memory: 0 nothing, 1 detailed families, 2 all but critical ones.")

    /// One dashboard in the field takes this for a gauge, another for a histogram: the gauge has the name, and the parts
    /// of the histogram are families of their own.
    static let scrapeDuration = gauge(
        "slurm_exporter_scrape_duration_seconds", "How long the last scrape took to answer.", unit: "seconds")
    static let scrapeDurationParts = [
        untyped("slurm_exporter_scrape_duration_seconds_bucket", "Scrapes that took no longer than le.", ["le"]),
        untyped("slurm_exporter_scrape_duration_seconds_sum", "How long all scrapes together took to answer."),
        untyped("slurm_exporter_scrape_duration_seconds_count", "Scrapes."),
    ]
}

extension SelfFamilies {
    private static func gauge(
        _ name: MetricName, _ help: String, _ labels: [LabelName] = [], unit: String? = nil
    ) -> MetricFamily {
        MetricFamily(name, .gauge, help: help, unit: unit, labels: labels, merge: .union)
    }

    private static func counter(_ name: MetricName, _ help: String, _ labels: [LabelName] = []) -> MetricFamily {
        MetricFamily(name, .counter, help: help, labels: labels, merge: .union)
    }

    private static func histogram(_ name: MetricName, _ bounds: [Double], _ help: String) -> MetricFamily {
        MetricFamily(name, .histogram(bounds: bounds), help: help, unit: "seconds", labels: collector, merge: .union)
    }

    private static func untyped(_ name: MetricName, _ help: String, _ labels: [LabelName] = []) -> MetricFamily {
        MetricFamily(name, .unknown, help: help, labels: labels, merge: .union)
    }
}
