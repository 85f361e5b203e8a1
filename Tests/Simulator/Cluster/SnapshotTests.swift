import Testing

@testable import SimulatedCluster

struct SnapshotTests {
    @Test func snapshotStaysAsItIsWhileTheClusterMovesOn() {
        var simulation = Simulation()
        let snapshot = simulation.cluster
        let before = Digest(snapshot).value
        simulation.run(steps: 100)
        #expect(Digest(snapshot).value == before)
        #expect(Digest(simulation.cluster).value != before)
    }

    @Test func copyCostsOnlyTheChunksThatChange() {
        var table = Chunked<Int>()
        for number in 0..<10_000 { table.append(number) }
        let copy = table
        #expect(table.chunksNotShared(with: copy) == 0)
        table[5] = 0
        table[6] = 0
        table[9999] = 0
        #expect(table.chunksNotShared(with: copy) == 2)
        #expect(copy[5] == 5 && copy[9999] == 9999)
    }

    @Test func aStepCopiesTheSmallerPartOfTheJobs() {
        var parameters = Parameters()
        parameters.nodes = 300
        parameters.jobs = 5000
        var simulation = Simulation(parameters)
        let before = simulation.cluster
        simulation.step()
        let copied = simulation.cluster.jobs.chunksNotShared(with: before.jobs)
        #expect(copied > 0 && copied < before.jobs.capacity / Chunked<Job>.chunkLength / 2)
    }

    @Test func slotsFillTheLastHoleFirst() {
        var table = Slots<TaskSet>()
        let slots = (1...5).map { table.insert(TaskSet(ids: [UInt32($0)])) }
        table.remove(slots[1])
        table.remove(slots[3])
        #expect(table.count == 3 && table.capacity == 5)
        #expect(table.map { $0.runs[0].first } == [1, 3, 5])
        #expect(table.element(at: 1) == nil)
        #expect(table.insert(TaskSet(ids: [9])) == slots[3])
    }
}
