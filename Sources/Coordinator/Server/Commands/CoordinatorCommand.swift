import Configuration

enum CoordinatorCommand: String, Hashable, Sendable {
    case run, up, status, drain, check, reference, schema
    case stepDown = "step-down"

    static let syntax = CommandLineSyntax<CoordinatorCommand>(
        program: "slurm-coordinator", "Leads a fleet of exporters, and shows it as one, at /federate.",
        words: [
            .init(.run, "Serve until told to stop; this is what happens without a command."),
            .init(
                .up, "Run a whole fleet on this machine, against the simulator or the clusters that --cluster names."),
            .init(.status, "Print shards, slices and upstreams of the fleet, and who has what."),
            .init(.drain, "Have a shard hand over all it has.", operands: [.init("SHARD")]),
            .init(.stepDown, "Have the coordinator that leads hand over to another one."),
            .init(.check, "Check the configuration, and print what holds and where it comes from."),
            .init(.reference, "Print the reference of all configuration keys, as Markdown."),
            .init(.schema, "Print the JSON Schema of the configuration, for editors."),
        ],
        standard: .run, flags: CoordinatorSettings.schema.flags)
}
