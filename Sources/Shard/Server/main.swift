import Configuration
import Glibc
import Membership
import Program
import ServiceRuntime
import ShardSettings

StandardDescriptors.open()
Allocator.returnLargeBlocks()
let signals = Signals.listen()
Lifeline.watch()
let startup = Startup(
    ShardCommand.syntax, ShardSettings.schema, arguments: Array(CommandLine.arguments.dropFirst()),
    environment: ProcessEnvironment.variables)

switch startup.invocation.command {
case .run:
    let loaded = startup.loadOrExit()
    let settings = loaded.settings
    if settings.runsOnce { exit(await OneCollection(settings).run().rawValue) }
    let isAlone = settings.fleet.coordinators.isEmpty
    let outcome =
        isAlone
        ? await Shard(startup, loaded).run(signals: signals)
        : await FleetShard(settings: settings).run(signals: signals)
    exit(outcome.exitCode.rawValue)
case .check: Startup<ShardSettings, ShardCommand>.succeed(ShardSettings.effective(startup.loadOrExit()))
case .probe:
    let table = ProbeTable(startup.loadOrExit().settings, address: startup.invocation.operands.first)
    exit(await table.print().rawValue)
case .catalogue: Startup<ShardSettings, ShardCommand>.succeed(CataloguePage.text)
case .compatibility: Startup<ShardSettings, ShardCommand>.succeed(CompatibilityPage.text)
case .reference: Startup<ShardSettings, ShardCommand>.succeed(ShardReference.page)
case .schema: Startup<ShardSettings, ShardCommand>.succeed(startup.schema.jsonSchema(title: "slurm-shard"))
}
