import Configuration
import Testing

enum Word: String, Sendable { case run, check, probe, catalogue }

let sampleSyntax = CommandLineSyntax<Word>(
    program: "slurm-sample", "Exports metrics of Slurm for Prometheus.",
    words: [
        .init(.run, "Serves metrics."),
        .init(.check, "Checks the configuration, and prints what holds."),
        .init(.probe, "Asks an address once.", operands: [.init("URL")]),
        .init(.catalogue, "Prints all metrics.", operands: [.init("FORMAT", isRequired: false)]),
    ], standard: .run, flags: sampleSchema.flags)

struct CommandLineTests {
    @Test(arguments: [
        ["--log-level", "warn"], ["--log-level=warn"], ["-log-level=warn"], ["-log-level", "warn"],
        ["--log_level=warn"],
        ["-web.log-level=warn"], ["run", "--log-level=warn"], ["--log-level=warn", "run"],
    ])
    func understandsAFlagInEachOfItsForms(arguments: [String]) throws {
        let invocation = try sampleSyntax.parse(arguments)
        #expect(invocation.command == .run)
        #expect(try settings(flags: invocation.flags).logLevel == .warn)
    }

    @Test(arguments: [
        (["--once"], true), (["--once=true"], true), (["--no-once"], false), (["--once=no"], false), (["-once"], true),
    ])
    func understandsBooleans(arguments: [String], expected: Bool) throws {
        #expect(try settings(flags: sampleSyntax.parse(arguments).flags).once == expected)
    }

    @Test func leavesTheWordAfterABooleanAlone() throws {
        #expect(try sampleSyntax.parse(["--once", "check"]).command == .check)
    }

    @Test func takesCommandsWithOperands() throws {
        let probe = try sampleSyntax.parse(["probe", "--config", "a.yaml", "http://x"])
        #expect(probe.command == .probe && probe.operands == ["http://x"] && probe.configurationPath == "a.yaml")
        #expect(try sampleSyntax.parse(["probe", "--", "--x"]).operands == ["--x"])
        #expect(try sampleSyntax.parse(["catalogue"]).operands.isEmpty)
        #expect(try sampleSyntax.parse(["--config.file=b.yaml"]).configurationPath == "b.yaml")
        let nothing = try sampleSyntax.parse([])
        #expect(nothing.request == .proceed && nothing.command == .run && nothing.flags.isEmpty)
    }

    @Test func keepsRepeatedFlagsInOrder() throws {
        let flags = try sampleSyntax.parse(["--web.listen-address=:1", "--web.listen", ":2"]).flags
        #expect(flags == [FlagOccurrence("web.listen-address", ":1"), FlagOccurrence("web.listen", ":2")])
    }

    @Test func takesANegativeNumberAsAValue() throws {
        #expect(
            try sampleSyntax.parse(["--collection.max-load", "-1"]).flags == [
                FlagOccurrence("collection.max-load", "-1")
            ])
    }

    @Test(arguments: [
        (["--help"], Word.run), (["-h"], .run), (["probe", "--help"], .probe), (["--unknown", "-h"], .run),
    ])
    func putsHelpFirst(arguments: [String], command: Word) throws {
        let invocation = try sampleSyntax.parse(arguments)
        #expect(invocation.request == .help && invocation.command == command)
        #expect(try sampleSyntax.parse(["--version"]).request == .version)
    }

    @Test(arguments: [
        (["--log-levle=info"], "unknown flag \"--log-levle\": did you mean --log-level?"),
        (["--zzzzzzzzzzzz"], "unknown flag \"--zzzzzzzzzzzz\""),
        (["---once"], "unknown flag \"--once\": did you mean --once?"),
        (["--no-log-level"], "unknown flag \"--no-log-level\": did you mean --log-level?"),
        (["--no-once=true"], "--no-once takes no value"),
        (["--log-level"], "--log-level needs a value"),
        (["--log-level", "--once"], "--log-level needs a value"),
        (["--log-level", "-once"], "--log-level needs a value"),
        (["--config"], "--config needs a value"),
        (["--config=a", "--config=b"], "--config is given twice"),
        (["chek"], "unknown command \"chek\": did you mean \"check\"?"),
        (["zzz"], "unknown command \"zzz\": known are run, check, probe, catalogue"),
        (["probe"], "probe needs URL"),
        (["check", "x"], "unexpected argument \"x\""),
        (["--web.token=x"], "unknown flag \"--web.token\""),
    ])
    func saysWhatIsWrong(arguments: [String], expected: String) throws {
        let error = #expect(throws: UsageError.self) { try sampleSyntax.parse(arguments) }
        #expect(error?.description.hasPrefix(expected) == true, "\(error!)")
    }

    @Test func helpListsCommandsAndSettingsWithinItsWidth() {
        let help = sampleSyntax.help(sampleSchema)
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(help.hasPrefix("Usage: slurm-sample [COMMAND] [FLAG]...\n"))
        for part in [
            "  probe URL\n      Asks an address once.\n", "      Serves metrics. Done if no command is given.\n",
            "\nweb: Where the program listens.\n",
            "  --web.listen-address, --web.listen <listen address>,...\n      Addresses to listen on. Default: :9341. Environment: SLURM_EXPORTER_WEB_LISTEN.\n",
            "  --[no-]web.enable-lifecycle\n", "  --metrics.label-limits <key>=<whole number>,...\n", "  --[no-]once\n",
            "  --config <file>\n      The configuration file. Environment: SLURM_EXPORTER_CONFIG.\n",
        ] {
            #expect(help.contains(part), "\(part)")
        }
        #expect(!help.contains("web.token"))
    }
}
