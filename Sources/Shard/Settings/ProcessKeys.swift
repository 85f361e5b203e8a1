import Configuration

extension ShardSettings {
    /// Memory, processing, and what tunes programs of another make.
    @SchemaBuilder<ShardSettings> static var processKeys: SchemaPart<ShardSettings> {
        Section("runtime", "What this process may use.") {
            Setting(
                "memory_limit", \.runtime.memoryLimit, .bytes(in: 16 << 20...1 << 50),
                "Near this much memory detail is shed, before the kernel would kill the process; "
                    + "`auto` is the limit of the control group.",
                unset: "auto")
            Alias("max_heap_size", of: \.runtime.memoryLimit)
            Setting(
                "state_dir", \.runtime.stateDirectory, .string,
                "The directory in which the counters of ended jobs outlive the process, made if it isn't there; its files"
                    + " can be read with zcat. Without one they begin anew at each start.",
                environment: "STATE_DIRECTORY")
            Ignored(
                "gc_target_percentage", .integer, why: Unneeded.collection, instead: "runtime.memory_limit",
                environment: "GOGC")
        }
        Alias("memory_limit", of: \.runtime.memoryLimit)
        processing
        performance
        Alias("max_workers", of: \.pace.maximumRequests)
        Ignored("batch_requests", .boolean, why: Unneeded.batches)
        Ignored("batch_size", .integer(in: 0...), why: Unneeded.batches)
        variables
    }

    @SchemaBuilder<ShardSettings> private static var processing: SchemaPart<ShardSettings> {
        Section("processing", "How answers are worked on.") {
            Ignored("streaming_parser", .boolean, why: "answers are always read as they come")
            Ignored("buffer_pool_size", .integer(in: 0...), why: Unneeded.pool)
            Ignored("max_buffer_size", .integer(in: 0...), why: Unneeded.pool, instead: "slurm.max_answer_size")
            Ignored("response_compression", .boolean, why: "scrapers that take gzip get it")
            Section("cache", "How long an answer is good for.") {
                Setting(
                    "ttl", \.pace.staleness.minimum, .duration,
                    "Data is shown for at least this long, where `collection.staleness_factor` alone would give less.")
                Ignored("enabled", .boolean, why: Unneeded.cache)
                Ignored("max_size", .integer(in: 0...), why: Unneeded.cache)
            }
        }
    }

    @SchemaBuilder<ShardSettings> private static var performance: SchemaPart<ShardSettings> {
        Section("performance", "Other names, and what there is no need for.") {
            Section("memory_optimizer") {
                Ignored("enabled", .boolean, why: Unneeded.collection, instead: "runtime.memory_limit")
                Ignored("gc_percent", .integer, why: Unneeded.collection, instead: "runtime.memory_limit")
            }
            Section("connection_pool") {
                Ignored("enabled", .boolean, why: "connections are always kept between requests")
                Alias("max_connections", of: \.pace.maximumRequests)
            }
            Section("caching") {
                Alias("default_ttl", of: \.pace.staleness.minimum)
                Ignored("enabled", .boolean, why: Unneeded.cache)
                Ignored("max_size", .integer(in: 0...), why: Unneeded.cache)
            }
        }
    }

    @SchemaBuilder<ShardSettings> private static var variables: SchemaPart<ShardSettings> {
        let memory = "SLURM_EXPORTER_RUNTIME_MEMORY_LIMIT"
        Ignored(environment: "GOMEMLIMIT", why: "this is no Go program", instead: memory)
        Ignored(
            environment: "GOMAXPROCS", why: "this is no Go program", instead: "the CPU limit of the unit or the pod")
        Ignored(environment: "GODEBUG", why: "this is no Go program")
        let standby = "shards don't stand by for each other, coordinators do"
        Ignored(environment: "HA_MODE", why: standby)
        Ignored(environment: "LEADER_ELECTION", why: standby)
        Ignored(environment: "STANDBY_INTERVAL", why: standby)
    }
}
