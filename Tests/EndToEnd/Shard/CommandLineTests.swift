import Foundation
import TestSupport
import Testing

struct ShardCommandLineTests {
    private func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> (Int32, ChildProcess) {
        let process = try ChildProcess(try builtProgram("slurm-shard"), arguments, environment: environment)
        return (try await process.exit(), process)
    }

    @Test func saysItsVersion() async throws {
        let (status, process) = try await run(["--version"])
        #expect(status == 0)
        #expect(process.standardOutput.hasPrefix("slurm-shard 0.1.0 (commit "))
    }

    @Test func helpNamesEveryCommand() async throws {
        let (status, process) = try await run(["--help"])
        #expect(status == 0)
        for word in ["run", "check", "reference", "schema", "--config", "--web.listen"] {
            #expect(process.standardOutput.contains(word))
        }
    }

    @Test func aWrongConfigurationNamesEveryFault() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("web:\n  idle_timeout: 10\n  max_conections: 3\nlgo: {}\n", to: "shard.yaml")
        let (status, process) = try await run(["check", "--config", file])
        #expect(status == 2)
        #expect(process.standardError.contains("\(file):2: web.idle_timeout: \"10\" is no duration"))
        #expect(
            process.standardError.contains(
                "\(file):3: web.max_conections: unknown key: did you mean \"max_connections\"?"))
        #expect(process.standardError.contains("\(file):4: lgo: unknown key"))
    }

    @Test func checkPrintsWhatHoldsAndWhereItComesFrom() async throws {
        let (status, process) = try await run(
            ["check", "--log.level", "debug"], environment: ["SLURM_EXPORTER_WEB_MAX_CONNECTIONS": "77"])
        #expect(status == 0)
        #expect(process.standardOutput.contains(/max_connections: 77 +# SLURM_EXPORTER_WEB_MAX_CONNECTIONS/))
        #expect(process.standardOutput.contains(/level: debug +# --log.level/))
    }

    @Test(arguments: [[], ["--coordinator", "http://127.0.0.1:1"]])
    func aWarningAboutTheConfigurationComesOnce(_ more: [String]) async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("slurm: {cluster: alpha, token_file: /nonexistent/token}\n", to: "shard.yaml")
        let process = try ChildProcess(
            try builtProgram("slurm-shard"), ["--config", file, "--web.listen", "127.0.0.1:0"] + more)
        let isListening = await eventually { process.standardError.contains("listening on") }
        #expect(isListening)
        let warning = "warning: \(file):1: slurm.token"
        #expect(process.standardError.split(separator: "\n").count { $0.hasPrefix(warning) } == 1)
    }

    @Test func theConfigurationMayBeNamedByTheEnvironment() async throws {
        let (status, process) = try await run(["check"], environment: ["SLURM_EXPORTER_CONFIG": "/nonexistent.yaml"])
        #expect(status == 2)
        #expect(process.standardError.contains("/nonexistent.yaml"))
    }

    @Test(arguments: [
        ("web: {listen: []}", "web.listen: names no address"),
        ("web: {listen: [\":1\", \":1\"]}", "names an address twice"),
        ("web: {listen: \"9341\"}", "is no listen address, since the port is missing"),
    ])
    func aListWithoutUseIsRefused(configuration: String, complaint: String) async throws {
        let directory = try TemporaryDirectory()
        let (status, process) = try await run(["check", "--config", try directory.write(configuration, to: "c.yaml")])
        #expect(status == 2)
        #expect(process.standardError.contains(complaint), "\(process.standardError)")
    }

    @Test func outputThatIsLostIsNoSuccess() async throws {
        let shard = try ChildProcess("sh", ["-c", "\(try builtProgram("slurm-shard")) reference >/dev/full"])
        #expect(try await shard.exit() == 1)
    }
}
