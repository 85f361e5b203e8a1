import Configuration
import Glibc
import HTTPServer
import Metrics
import Program
import ServiceRuntime

let signals = Signals.listen()
let startup = Startup(
    ShardCommand.syntax, ShardSettings.schema, arguments: Array(CommandLine.arguments.dropFirst()),
    environment: ProcessEnvironment.variables)

switch startup.invocation.command {
case .run: exit(await runShard().exitCode.rawValue)
case .check: print(startup.schema.effective(startup.loadOrExit()), terminator: "")
case .reference: print(ShardReference.page, terminator: "")
case .schema: print(startup.schema.jsonSchema(title: "slurm-shard"), terminator: "")
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
    let services: [any Service] = [ConfigurationService(startup: startup, log: log), web]
    return await ServiceRunner(logger: log.logger("services")).run(services, signals: signals)
}
