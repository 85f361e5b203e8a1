import Foundation
import ServiceRuntime
import SimulatedREST
import Testing

@testable import slurm_simulator

struct FaultTests {
    @Test(arguments: [
        "slurm/jobs status=503 count=2 probability=0.5", "* hang", "jobs latency=exponential:0.5s",
        "nodes latency=uniform:1.0s:3.0s", "*/v0.0.44/* truncate=100", "jobs reset=0", "jobs work=2.0s",
        "jobs rewrite=unknown-fields", "openapi garbage", "slurmdb/* slurmdbd-down",
    ])
    func whatIsWrittenIsReadAgain(text: String) throws {
        #expect(try Fault(text).description == text)
    }

    @Test(arguments: [
        "jobs", "jobs explode", "jobs status=200", "jobs status=abc", "jobs hang=1", "jobs hang count=0",
        "jobs hang probability=2", "jobs latency=uniform:3:1", "jobs latency=never", "jobs hang sometimes",
        "jobs hang count=2 count=3", "jobs hang probability=0.5 probability=0.5",
    ])
    func whatIsNoFaultIsRefused(text: String) {
        #expect(throws: FaultError.self) { try Fault(text) }
    }

    @Test(arguments: [
        ("jobs", true), ("slurm/jobs", true), ("slurm/*/jobs", true), ("*", true), ("slurm/v0.0.44/jobs", true),
        ("/slurm/v0.0.44/jobs/", true), ("//slurm//jobs", true), ("job", false), ("slurmdb/*", false),
        ("*/nodes", false), ("slurm/v0.0.43/*", false),
    ])
    func aPatternMeansPathsAndNames(pattern: String, isMeant: Bool) throws {
        let pattern = try FaultPattern(pattern)
        #expect(pattern.concerns(EndpointName(.jobs), path: "slurm/v0.0.44/jobs") == isMeant)
        #expect(pattern.concerns(EndpointName(.jobs), path: "slurm/v0.0.44/jobs/") == isMeant)
    }

    @Test(arguments: ["slurm/v0.0.44/node/cn01", "slurm/*/node/cn*", "slurmdb/v0.0.4*/job/12", "slurm/job"])
    func aPatternMayNameRecords(pattern: String) throws {
        let node = try #require(Request(path: "slurm/v0.0.44/node/cn01"))
        let isMeant = try FaultPattern(pattern).concerns(EndpointName(node.endpoint), path: "slurm/v0.0.44/node/cn01")
        #expect(isMeant == pattern.contains("node"))
    }

    @Test(arguments: [
        "nowhere", "", "/", "job*bs", "slurm/v0.0.99/jobs", "slurm/v0.0.44/jobs/x", "slurmdb/nodes", "v0.0.44",
    ])
    func aPatternThatMeansNothingIsRefused(pattern: String) {
        #expect(throws: FaultError.self) { try FaultPattern(pattern) }
    }

    @Test func theRefusalSaysWhatThereIs() {
        #expect { try Fault("nowhere status=503") } throws: {
            "\($0)".contains("slurm/jobs, ") && "\($0)".contains("slurmdb/qos")
        }
    }

    @Test func aCountedFaultIsSpent() throws {
        var plan = FaultPlan([try Fault("jobs status=500 count=2")], using: SeededGenerator(seed: 1))
        let outcomes = (0..<3).map { _ in plan.strike(EndpointName(.jobs), path: "slurm/v0.0.44/jobs").outcome }
        #expect(outcomes == [.status(500), .status(500), nil])
        #expect(plan.faults.isEmpty)
    }

    @Test func chanceIsTheSeeds() throws {
        let faults = [try Fault("* status=500 probability=0.3"), try Fault("* latency=uniform:1:2")]
        func decisions(_ seed: UInt64) -> [FaultDecision] {
            var plan = FaultPlan(faults, using: SeededGenerator(seed: seed))
            return (0..<1000).map { _ in plan.strike(EndpointName(.diag), path: "slurm/v0.0.44/diag") }
        }
        let struck = decisions(1).filter { $0.outcome != nil }.count
        #expect((240...360).contains(struck))
        #expect(decisions(1).allSatisfy { (.seconds(1) ... .seconds(2)).contains($0.delay) })
        #expect(decisions(1) == decisions(1))
        #expect(decisions(1) != decisions(2))
    }

    @Test func anExponentialLatencyHasItsMean() {
        var random = SeededGenerator(seed: 7)
        let latency = Latency.exponential(mean: .seconds(2))
        let sum = (0..<20_000).reduce(Duration.zero) { sum, _ in sum + latency.draw(using: &random) }
        #expect((1.9...2.1).contains(sum / .seconds(20_000)))
    }
}
