import Configuration
import Glibc
import Program
import ServiceRuntime

StandardDescriptors.open()
Allocator.returnLargeBlocks()
let signals = Signals.listen()
let startup = Startup(
    CoordinatorCommand.syntax, CoordinatorSettings.schema, arguments: Array(CommandLine.arguments.dropFirst()),
    environment: ProcessEnvironment.variables)

switch startup.invocation.command {
case .run: exit(await Coordinator(startup.loadOrExit().settings).run(signals: signals).exitCode.rawValue)
case .check:
    Startup<CoordinatorSettings, CoordinatorCommand>.succeed(
        CoordinatorSettings.schema.effective(startup.loadOrExit()))
case .reference: Startup<CoordinatorSettings, CoordinatorCommand>.succeed(CoordinatorReference.page)
case .schema:
    Startup<CoordinatorSettings, CoordinatorCommand>.succeed(startup.schema.jsonSchema(title: "slurm-coordinator"))
}
