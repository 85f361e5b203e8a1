import Testing

@testable import SimulatedCluster

struct HardwareTests {
    private func cluster(gpus: Int?, nodes: Int) -> Cluster {
        var parameters = Parameters()
        parameters.gpus = gpus
        parameters.nodes = nodes
        parameters.hasMenagerie = false
        return Simulation(parameters).cluster
    }

    private func gpus(of cluster: Cluster) -> Int {
        cluster.nodes.reduce(0) { $0 + cluster.genericResources[$1.generic].gpuCount }
    }

    @Test(arguments: [0, 1, 7, 8, 28, 29, 30, 64, 100, 200])
    func aClusterHasAsManyGPUsAsAskedFor(count: Int) {
        let cluster = cluster(gpus: count, nodes: 64)
        #expect(gpus(of: cluster) == count)
        #expect(cluster.nodes.count == 64)
        #expect(Set(cluster.nodes.map(\.name)).count == 64)
    }

    @Test(arguments: [1, 4, 64])
    func nodesHoldNoMoreThanTheyHaveRoomFor(nodes: Int) {
        let cluster = cluster(gpus: 1_000_000, nodes: nodes)
        #expect(cluster.nodes.count == nodes)
        #expect(gpus(of: cluster) >= nodes / 2 * 4)
        #expect(gpus(of: cluster) <= nodes * 9)
    }

    @Test func unaskedAQuarterOfTheNodesHasGPUs() {
        let cluster = cluster(gpus: nil, nodes: 64)
        #expect(cluster.nodes.count { cluster.genericResources[$0.generic].gpuCount > 0 } == 16)
    }

    @Test(arguments: [0, 5, 100_000])
    func aClusterWithAnyNumberOfGPUsLives(count: Int) {
        var parameters = Parameters()
        parameters.gpus = count
        var simulation = Simulation(parameters)
        simulation.run(steps: 50)
        #expect(simulation.cluster.step == 50)
    }
}
