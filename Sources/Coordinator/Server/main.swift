import Configuration
import Glibc
import Program
import ServiceRuntime

StandardDescriptors.open()
Allocator.returnLargeBlocks()
let signals = Signals.listen()
Lifeline.watch()
let startup = Startup(
    CoordinatorCommand.syntax, CoordinatorSettings.schema, arguments: Array(CommandLine.arguments.dropFirst()),
    environment: ProcessEnvironment.variables)

switch startup.invocation.command {
case .run: exit(await Coordinator(startup).run(signals: signals).exitCode.rawValue)
case .up: exit(await FleetCommands(startup.loadOrExit().settings).up(signals: signals).rawValue)
case .status: exit(await FleetCommands(startup.loadOrExit().settings).status().rawValue)
case .stepDown: exit(await FleetCommands(startup.loadOrExit().settings).stepDown().rawValue)
case .drain:
    let shard = startup.invocation.operands[0]
    exit(await FleetCommands(startup.loadOrExit().settings).drain(shard).rawValue)
case .check:
    let loaded = startup.loadOrExit(examine: CoordinatorSettings.examine)
    Startup<CoordinatorSettings, CoordinatorCommand>.succeed(CoordinatorSettings.schema.effective(loaded))
case .reference: Startup<CoordinatorSettings, CoordinatorCommand>.succeed(CoordinatorReference.page)
case .schema:
    Startup<CoordinatorSettings, CoordinatorCommand>.succeed(startup.schema.jsonSchema(title: "slurm-coordinator"))
}
