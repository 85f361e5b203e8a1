import Configuration
import ShardSettings

enum ShardCommand: String, Hashable, Sendable {
    case run, check, probe, catalogue, compatibility, reference, schema

    static let syntax = CommandLineSyntax<ShardCommand>(
        program: "slurm-shard", "Exports Slurm clusters to Prometheus.",
        words: [
            .init(.run, "Serve until told to stop; this is what happens without a command."),
            .init(.check, "Check the configuration, and print what holds and where it comes from."),
            .init(
                .probe,
                "Ask a slurmrestd, or Slurm's commands, what they offer: versions, records, bytes, seconds.",
                operands: [.init("URL", isRequired: false)]),
            .init(.catalogue, "Print all metrics that there can be, as Markdown."),
            .init(.compatibility, "Print other exporters' metrics beside this one's, as Markdown."),
            .init(.reference, "Print the reference of all configuration keys, as Markdown."),
            .init(.schema, "Print the JSON Schema of the configuration, for editors."),
        ],
        standard: .run, flags: ShardSettings.schema.flags)
}
