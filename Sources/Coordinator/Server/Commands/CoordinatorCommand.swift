import Configuration

enum CoordinatorCommand: String, Hashable, Sendable {
    case run, check, reference, schema

    static let syntax = CommandLineSyntax<CoordinatorCommand>(
        program: "slurm-coordinator", "Shows a fleet of exporters as one, at /federate.",
        words: [
            .init(.run, "Serve until told to stop; this is what happens without a command."),
            .init(.check, "Check the configuration, and print what holds and where it comes from."),
            .init(.reference, "Print the reference of all configuration keys, as Markdown."),
            .init(.schema, "Print the JSON Schema of the configuration, for editors."),
        ],
        standard: .run, flags: CoordinatorSettings.schema.flags)
}
