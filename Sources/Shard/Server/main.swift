import Configuration
import Glibc
import Membership
import Program
import ServiceRuntime

StandardDescriptors.open()
Allocator.returnLargeBlocks()
let signals = Signals.listen()
Lifeline.watch()
let startup = Startup(
    ShardCommand.syntax, ShardSettings.schema, arguments: Array(CommandLine.arguments.dropFirst()),
    environment: ProcessEnvironment.variables)

switch startup.invocation.command {
case .run where startup.loadOrExit().settings.runsOnce:
    exit(await OneCollection(startup.loadOrExit().settings).run().rawValue)
case .run where !startup.loadOrExit().settings.fleet.coordinators.isEmpty:
    exit(await FleetShard(settings: startup.loadOrExit().settings).run(signals: signals).exitCode.rawValue)
case .run: exit(await Shard(startup).run(signals: signals).exitCode.rawValue)
case .check: Startup<ShardSettings, ShardCommand>.succeed(ShardSettings.effective(startup.loadOrExit()))
case .probe:
    let table = ProbeTable(startup.loadOrExit().settings, address: startup.invocation.operands.first)
    exit(await table.print().rawValue)
case .catalogue: Startup<ShardSettings, ShardCommand>.succeed(CataloguePage.text)
case .compatibility: Startup<ShardSettings, ShardCommand>.succeed(CompatibilityPage.text)
case .reference: Startup<ShardSettings, ShardCommand>.succeed(ShardReference.page)
case .schema: Startup<ShardSettings, ShardCommand>.succeed(startup.schema.jsonSchema(title: "slurm-shard"))
}
