import Foundation
import TestSupport
import Testing

struct SimulatorCommandTests {
    private let directory: TemporaryDirectory

    init() async throws {
        directory = try TemporaryDirectory()
        let links = try ChildProcess(try builtProgram("slurm-simulator"), ["links", directory.path("bin")])
        #expect(try await links.exit() == 0, "\(links.standardError)")
    }

    private func run(
        _ command: String, _ arguments: String..., at address: String
    ) async throws -> (code: Int32, output: String, errors: String) {
        let process = try ChildProcess(
            directory.path("bin/\(command)"), arguments, environment: ["SIMULATOR_ADDRESS": address])
        return (try await process.exit(), process.standardOutput, process.standardError)
    }

    @Test(arguments: ["squeue", "sinfo", "sdiag", "sshare", "sacct"])
    func everyCommandAnswers(command: String) async throws {
        let simulator = try await RunningSimulator()
        let (code, output, errors) = try await run(command, at: simulator.address)
        #expect(code == 0)
        #expect(!output.isEmpty)
        #expect(errors.isEmpty)
    }

    @Test func theCommandsShowTheMomentOfTheDocuments() async throws {
        let simulator = try await RunningSimulator()
        for _ in 1...3 {
            try await simulator.send("POST", "/simulator/step?count=7")
            let jobs = try await simulator.get("/slurm/v0.0.38/jobs").json?["jobs"] as? [[String: Any]]
            let shown = Set(
                jobs?.compactMap { job in
                    (job["job_id"] as? Int).flatMap { id in (job["job_state"] as? String).map { "\(id) \($0)" } }
                } ?? [])
            let all = try await run("squeue", "-a", "-r", "-h", "-t", "all", "-o", "%A %T", at: simulator.address)
            #expect(Set(all.output.split(separator: "\n").map(String.init)) == shown)
            let running = try await run(
                "squeue", "-a", "-r", "-h", "-t", "running", "-o", "%A %T", at: simulator.address)
            #expect(
                Set(running.output.split(separator: "\n").map(String.init))
                    == shown.filter { $0.hasSuffix(" RUNNING") })
        }
    }

    @Test func complaintsAndExitCodesArePassedOn() async throws {
        let simulator = try await RunningSimulator()
        let (code, output, errors) = try await run("squeue", "--nonsense", at: simulator.address)
        #expect(code == 1)
        #expect(output.isEmpty)
        #expect(errors.hasPrefix("squeue: "))
    }

    @Test func withoutASimulatorThereIsNoAnswer() async throws {
        let (code, output, errors) = try await run("sinfo", at: "127.0.0.1:\(try freePort())")
        #expect(code == 1)
        #expect(output.isEmpty)
        #expect(errors.contains("SIMULATOR_ADDRESS"))
    }

    @Test func linksAreMadeAnewAndFilesLeftAlone() async throws {
        let again = try ChildProcess(try builtProgram("slurm-simulator"), ["links", directory.path("bin")])
        #expect(try await again.exit() == 0)
        try FileManager.default.removeItem(atPath: directory.path("bin/squeue"))
        try directory.write("mine", to: "bin/squeue")
        let refused = try ChildProcess(try builtProgram("slurm-simulator"), ["links", directory.path("bin")])
        #expect(try await refused.exit() == 1)
        #expect(try String(contentsOfFile: directory.path("bin/squeue"), encoding: .utf8) == "mine")
    }
}
