import Foundation
import RealSlurm

// Brings up a real Slurm to try things out with, or to record what it answers:
//
//     real-slurm [serve]                   until its input ends: jobs of every kind on a few nodes
//     real-slurm record DIRECTORY          all answers of slurmrestd about them, and what the commands say
//     real-slurm record-large DIRECTORY    jobs and nodes of 10,000 nodes with 21,000 jobs
let arguments = Array(CommandLine.arguments.dropFirst())
let clock = ContinuousClock()
let start = clock.now

func report(_ text: String) {
    FileHandle.standardError.write(Data("\(clock.now - start)  \(text)\n".utf8))
}

func bringUp(_ plan: ClusterPlan = .standard) async throws -> RealSlurm {
    let slurm = try await RealSlurm.start(plan)
    report("up: \(slurm.address)")
    return slurm
}

func serve() async throws {
    let slurm = try await bringUp()
    _ = try await Workload.fill(slurm)
    report("the workload stands")
    print(slurm.instructions(token: try await slurm.token()))
    fflush(nil)
    while !FileHandle.standardInput.availableData.isEmpty {}
    await slurm.stop()
}

func record(to directory: URL) async throws {
    let slurm = try await bringUp()
    _ = try await Workload.fill(slurm)
    report("the workload stands")
    try await Recording.write(slurm, to: directory)
    try await Transcript.write(slurm, to: directory.appending(path: "commands"))
    report("recorded")
    await slurm.stop()
}

func recordLarge(to directory: URL) async throws {
    let slurm = try await bringUp(.large)
    try await Crowd().fill(slurm)
    report("filled")
    let paths = Recording.versions.flatMap { ["/slurm/\($0)/nodes", "/slurm/\($0)/jobs"] }
    try await Recording.write(slurm, paths: paths.reversed(), to: directory)
    report("recorded")
    await slurm.stop()
}

do {
    switch (arguments.first ?? "serve", arguments.dropFirst().first.map { URL(filePath: $0) }) {
    case ("serve", _): try await serve()
    case ("record", let directory?): try await record(to: directory)
    case ("record-large", let directory?): try await recordLarge(to: directory)
    default: report("usage: real-slurm [serve | record DIRECTORY | record-large DIRECTORY]")
    }
} catch {
    report("\(error)")
    exit(1)
}
