import Configuration
import Glibc
import HTTPServer
import Metrics
import Program
import ServiceRuntime

StandardDescriptors.open()
let signals = Signals.listen()
let startup = Startup(
    ShardCommand.syntax, ShardSettings.schema, arguments: Array(CommandLine.arguments.dropFirst()),
    environment: ProcessEnvironment.variables)

switch startup.invocation.command {
case .run: exit(await runShard().exitCode.rawValue)
case .check: Startup<ShardSettings, ShardCommand>.succeed(ShardSettings.effective(startup.loadOrExit()))
case .reference: Startup<ShardSettings, ShardCommand>.succeed(ShardReference.page)
case .schema: Startup<ShardSettings, ShardCommand>.succeed(startup.schema.jsonSchema(title: "slurm-shard"))
}

func runShard() async -> ServiceOutcome {
    let settings = startup.loadOrExit().settings
    let log = Log(settings.log)
    let registry = MetricRegistry()
    let responder = Router.shard(metrics: registry, settings.web) { kill(getpid(), SIGHUP) }
    let web = WebService(settings.web, responder: responder, logger: log.logger("web"))
    BuildMetrics.register(in: registry)
    ProcessMetrics.register(in: registry)
    LogMetrics.register(log, in: registry)
    web.register(in: registry)
    let configuration = ConfigurationService(startup, running: settings, log: log, registry: registry)
    return await ServiceRunner(logger: log.logger("services")).run([configuration, web], signals: signals)
}
