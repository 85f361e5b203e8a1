import Configuration

/// The page that documents every configuration key.
enum ShardReference {
    static var page: String {
        ShardSettings.schema.referencePage(
            title: "Configuration of slurm-shard",
            introduction: """
                A YAML file given with `--config`. Environment variables come over it, and flags over those. `slurm-shard check`
                prints what holds and where it comes from. This page is printed by `slurm-shard reference`.
                """)
    }
}
