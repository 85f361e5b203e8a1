import Testing

@testable import SimulatedCluster

struct InvariantTests {
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func booksBalanceAtEveryStep(seed: UInt64) {
        var parameters = Parameters()
        parameters.seed = seed
        parameters.nodes = 20 + Int(seed) * 9
        parameters.jobs = 150 + Int(seed) * 50
        parameters.partitions = 1 + Int(seed) * 2
        var simulation = Simulation(parameters)
        expectConsistent(simulation.cluster)
        for _ in 0..<40 {
            simulation.run(steps: 3)
            expectConsistent(simulation.cluster)
        }
    }

    @Test func populationStaysAroundTheAskedSize() {
        var parameters = Parameters()
        parameters.hasMenagerie = false
        var simulation = Simulation(parameters)
        for _ in 0..<20 {
            simulation.run(steps: 10)
            let jobs = simulation.cluster.jobs
            let running = jobs.count { $0.state.base == .running }
            let ended = jobs.count { $0.state.base.hasEnded }
            #expect(abs(jobs.count - 500) < 100)
            #expect((60...350).contains(running))
            #expect((10...200).contains(ended))
        }
    }

    @Test func queueIsNotLeftToJobsThatNeverStart() {
        var simulation = Simulation()
        simulation.run(steps: 1500)
        let before = simulation.cluster.events.started
        simulation.run(steps: 500)
        #expect(simulation.cluster.jobs.count { $0.state.base == .running } >= 120)
        #expect(simulation.cluster.events.started - before >= 300)
    }
}
