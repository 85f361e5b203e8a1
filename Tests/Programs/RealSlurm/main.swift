import Foundation
import RealSlurm

let clock = ContinuousClock()
let start = clock.now
do {
let slurm = try await RealSlurm.start()
print("up after", clock.now - start, slurm.address)
print(try await slurm.run("sinfo", "-N", "-o", "%N %P %T %G"))
print(try await slurm.get("/slurm/v0.0.38/ping").text)
fflush(nil)
if CommandLine.arguments.contains("wait") { try await Task.sleep(for: .seconds(3000)) }
await slurm.stop()
print("down after", clock.now - start, slurm.address)
} catch { print("FAILED", error) }
