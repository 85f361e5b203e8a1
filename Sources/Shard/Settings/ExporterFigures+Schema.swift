import Configuration

extension ExporterFigures {
    @SchemaBuilder<ExporterFigures> static var keys: SchemaPart<ExporterFigures> {
        Section("collection_duration_seconds", \.collectionDuration, "How long collections took.") { Buckets.keys }
        Section("api_request_duration_seconds", \.requestDuration, "How long Slurm's answers took.") { Buckets.keys }
        Section("scrape_duration_seconds", \.scrapeDuration, "How long scrapers were kept waiting.") { Buckets.keys }
        Section("memory_usage_bytes", "The memory of this process.") {
            Setting("enabled", \.showsMemoryUsage, .boolean, "Whether it is shown.")
        }
        Section("cache_hit_ratio", "The share of scrapes that found a current answer.") {
            Setting("enabled", \.showsCacheHitRatio, .boolean, "Whether it is shown.")
        }
        Section("collection_errors_total", \.collectionErrors, "Collections that failed.") {
            Setting("enabled", \.isEnabled, .boolean, "Whether they are shown.")
            Setting("by_collector", \.byCollector, .boolean, "Whether the label `collector` tells which.")
            Setting("by_error_type", \.byType, .boolean, "Whether the label `error_type` tells why.")
        }
    }
}

extension ExporterFigures.Buckets {
    @SchemaBuilder<Self> fileprivate static var keys: SchemaPart<Self> {
        Setting("enabled", \.isEnabled, .boolean, "Whether the histogram is shown.")
        Setting("buckets", \.bounds, .buckets, "Its upper bounds, in seconds.")
    }
}
