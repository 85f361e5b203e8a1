import Configuration
import Glibc
import HTTPServer
import Locks
import Program
import ServiceRuntime
import SimulatedCluster

let words = CommandLine.unsafeArgv[0].map { String(cString: $0) } ?? ""
if SlurmCommand.names.contains(String(words.split(separator: "/").last ?? "")) { exit(await runSlurmCommand()) }

Memory.keepTogether()
let signals = Signals.listen()
Lifeline.watch()
let startup = Startup(
    SimulatorCommand.syntax, SimulatorSettings.schema,
    arguments: SimulatorCommand.normalize(Array(CommandLine.arguments.dropFirst())),
    environment: ProcessEnvironment.variables)

switch startup.invocation.command {
case .run: exit(await runSimulator().exitCode.rawValue)
case .dump:
    let operands = startup.invocation.operands
    finish { try Dump.write(operands[1], to: operands[0], startup.loadOrExit().settings) }
case .links: finish { try CommandLinks.make(in: startup.invocation.operands[0]) }
}

func runSlurmCommand() async -> Int32 {
    let arguments = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }.map {
        Text(bytes: Array(UnsafeBufferPointer(start: $0, count: strlen($0)).lazy.map { UInt8(bitPattern: $0) }))
    }
    let variables = ProcessEnvironment.variables
    return await CommandClient(
        request: CommandRequest(arguments: arguments, environment: variables),
        address: variables[CommandClient.variable] ?? CommandClient.standardAddress
    ).run()
}

func runSimulator() async -> ServiceOutcome {
    let settings = startup.loadOrExit().settings
    let log = Log(settings.log)
    let server = Slurmrestd(settings, SimulatedSlurm(settings.cluster))
    let runner = CommandRunner(slurm: server.slurm, release: settings.releaseName)
    let responder = SimulatorResponder(slurmrestd: server, control: .control(server, runner))
    let web = WebService(settings.web, responder: responder, logger: log.logger("web"))
    let welcome = WelcomeService(web: web, settings: settings, logger: log.logger("simulator"))
    var services: [any Service] = [web, welcome]
    if !settings.isFrozen {
        services.insert(LifeService(slurm: server.slurm, speed: settings.speed, clock: .system), at: 0)
    }
    return await ServiceRunner(logger: log.logger("services")).run(services, signals: signals)
}

func finish(_ work: () throws -> Void) -> Never {
    do {
        try work()
        exit(ExitCode.success.rawValue)
    } catch {
        _ = DescriptorOutput.standardError.write(Array("slurm-simulator: \(error)\n".utf8))
        exit(ExitCode.failure.rawValue)
    }
}
