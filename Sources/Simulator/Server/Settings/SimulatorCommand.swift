import Configuration

enum SimulatorCommand: String, Hashable, Sendable {
    case run, dump, links

    static let syntax = CommandLineSyntax<SimulatorCommand>(
        program: "slurm-simulator", "A Slurm that is not there: answers like slurmrestd and like Slurm's commands.",
        words: [
            .init(.run, "Answer until told to stop; this is what happens without a command."),
            .init(
                .dump, "Write one answer to a file, such as /slurm/v0.0.44/jobs/; --dump does it, too.",
                operands: [.init("FILE"), .init("ENDPOINT")]),
            .init(
                .links, "Make links in a directory under which this program answers as squeue, scontrol, sinfo …",
                operands: [.init("DIRECTORY")]),
        ],
        standard: .run, flags: SimulatorSettings.schema.flags)

    /// Takes `--dump` for the command: beside flags for what is simulated it reads like one of them.
    static func normalize(_ arguments: [String]) -> [String] {
        let flags = arguments.prefix { $0 != "--" }
        return flags.map { $0 == "--dump" ? Self.dump.rawValue : $0 } + arguments[flags.count...]
    }
}
