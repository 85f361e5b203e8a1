import Foundation
import Testing

@testable import SimulatedCluster

/// Truth against counts made another way: through the strings and lists that readers see.
struct TruthTests {
    private func lived(_ seed: UInt64, steps: Int) -> Cluster {
        var parameters = Parameters()
        parameters.seed = seed
        var simulation = Simulation(parameters)
        simulation.run(steps: steps)
        return simulation.cluster
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func statesSumToTotals(seed: UInt64) {
        let truth = Truth(lived(seed, steps: 30))
        for nodes in [truth.nodes] + truth.partitions.flatMap({ [$0.homeNodes, $0.naturalNodes] }) {
            #expect(nodes.byState.total == nodes.nodes)
            #expect(nodes.cpusByState.total == nodes.total.cpus)
            #expect(nodes.allocated.gpusByType.total == nodes.allocated.gpus)
        }
        for jobs in [truth.jobs] + truth.partitions.flatMap({ [$0.homeJobs, $0.naturalJobs] }) {
            #expect(jobs.byState.total == jobs.jobs)
            #expect(jobs.byBaseState.total == jobs.jobs)
            #expect(jobs.pendingByReason.total == jobs.byState["pending"])
            #expect(jobs.knownJobs <= jobs.jobs)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func homesSumToTotals(seed: UInt64) {
        let truth = Truth(lived(seed, steps: 30))
        let homes = truth.partitions.reduce(truth.homelessNodes.nodes) { $0 + $1.homeNodes.nodes }
        #expect(homes == truth.nodes.nodes)
        #expect(truth.partitions.reduce(0) { $0 + $1.homeJobs.jobs } == truth.jobs.jobs)
        for owners in [truth.users, truth.accounts, truth.qos] {
            #expect(owners.reduce(0) { $0 + $1.jobs.jobs } == truth.jobs.jobs)
            #expect(owners.reduce(0) { $0 + $1.jobs.allocated.cpus } == truth.jobs.allocated.cpus)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func whatNodesGaveIsWhatJobsHave(seed: UInt64) {
        let truth = Truth(lived(seed, steps: 30))
        #expect(truth.nodes.allocated.cpus == truth.jobs.allocated.cpus)
        #expect(truth.nodes.allocated.memoryBytes == truth.jobs.allocated.memoryBytes)
        #expect(truth.nodes.allocated.gpus == truth.jobs.allocated.gpus)
        #expect(truth.nodes.allocated.gpusByType == truth.jobs.allocated.gpusByType)
    }

    @Test func countsByNameAsReadersSeeThem() {
        let cluster = lived(7, steps: 50)
        let truth = Truth(cluster)
        var waiting: [String: Int] = [:]
        var running: [String: Int] = [:]
        for job in cluster.jobs {
            let count = job.arrayTasks.exists ? Array(cluster.taskSets[job.arrayTasks].ids).count : 1
            var text: [UInt8] = []
            cluster.append(partitionsOf: job, to: &text)
            guard job.state.base == .pending else {
                if job.state.base == .running { running[String(decoding: text, as: UTF8.self), default: 0] += 1 }
                continue
            }
            for name in cluster.partitions(of: job).map({ cluster.partitions[$0].name.repaired }) {
                waiting[name, default: 0] += count
            }
        }
        for partition in truth.partitions {
            #expect(partition.naturalJobs.byBaseState["PENDING"] == waiting[partition.name, default: 0])
            #expect(partition.homeJobs.byBaseState["RUNNING"] == running[partition.name, default: 0])
        }
    }

    @Test func eventsAddUpToCounts() {
        var simulation = Simulation()
        var started = 0
        var ended = 0
        for _ in 0..<60 {
            simulation.step()
            started += simulation.cluster.events.lastStarts.count
            ended += simulation.cluster.events.lastEnds.count
        }
        let truth = Truth(simulation.cluster)
        #expect(started == truth.events.started && started > 0)
        #expect(ended == truth.events.ended.total && ended > 0)
        #expect(truth.events.lastStarts.allSatisfy { $0.waitSeconds >= 0 })
    }

    @Test func survivesJSON() throws {
        let truth = Truth(lived(1, steps: 5))
        let data = try JSONEncoder().encode(truth)
        let back = try JSONDecoder().decode(Truth.self, from: data)
        #expect(back.nodes == truth.nodes)
        #expect(back.jobs == truth.jobs)
    }
}
