import Glibc
import ServiceRuntime

// A program of one service, for tests of signals and exit codes. Its argument is what the service does:
// "obey" stops at once, "hang" never stops, "fail" ends on its own, "late" looks for signals half a second after start.
let behaviour = CommandLine.arguments.dropFirst().first ?? "obey"
let signals = Signals.listen()
let log = Log(output: DescriptorOutput.standardError)
if behaviour == "late" {
    log.logger("probe").info("listening")
    usleep(500_000)
}
let outcome = await ServiceRunner(logger: log.logger("services")).run([Probe(behaviour)], signals: signals)
exit(outcome.exitCode.rawValue)
