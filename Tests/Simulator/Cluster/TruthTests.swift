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
            #expect(jobs.known.byState.total == jobs.known.jobs && jobs.known.jobs <= jobs.jobs)
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

    /// Read from task strings as slurmrestd cuts them.
    @Test func whatIsKnownIsWhatReadersCanCount() {
        let cluster = lived(3, steps: 50)
        var known = JobCounts()
        var cut = 0
        for job in cluster.jobs {
            var text: [UInt8] = []
            cluster.append(tasksOf: job, to: &text)
            let string = String(decoding: text, as: UTF8.self).split(separator: "%").first.map { String($0) } ?? ""
            if string.hasSuffix("...") { cut += 1 }
            known.add(job, times: Self.tasks(in: string), in: cluster)
        }
        let truth = Truth(cluster)
        #expect(truth.jobs.known == known)
        #expect(truth.jobs.cutRecords == cut && cut > 0)
        #expect(truth.jobs.known.byState["pending"] < truth.jobs.byState["pending"])
        #expect(truth.jobs.known.requested.cpus < truth.jobs.requested.cpus)
        #expect(truth.jobs.known.byState["running"] == truth.jobs.byState["running"])
        for owners in [truth.users, truth.accounts, truth.qos] {
            #expect(owners.reduce(0) { $0 + $1.jobs.known.requested.cpus } == known.requested.cpus)
        }
    }

    /// Of a list that is cut all but its last piece.
    private static func tasks(in string: String) -> Int {
        guard !string.isEmpty else { return 1 }
        var pieces = string.split(separator: ",")
        if string.hasSuffix("...") { pieces.removeLast() }
        return pieces.reduce(0) { count, piece in
            let numbers = piece.split { "-:".contains($0) }.compactMap { Int($0) }
            return count
                + (numbers.count < 2 ? 1 : (numbers[1] - numbers[0]) / (numbers.count > 2 ? numbers[2] : 1) + 1)
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
