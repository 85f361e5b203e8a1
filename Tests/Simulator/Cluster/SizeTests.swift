import Testing

@testable import SimulatedCluster

struct SizeTests {
    private static let figures: [any WritableKeyPath<Parameters, Int> & Sendable] = [
        \.nodes, \.jobs, \.partitions, \.users, \.accounts,
    ]

    /// A cluster that has hardly lived, so that even the largest is there soon.
    private func cluster(_ adjust: (inout Parameters) -> Void) -> Cluster {
        var parameters = Parameters()
        parameters.minJobAge = parameters.stepSeconds
        adjust(&parameters)
        var simulation = Simulation(parameters)
        simulation.step()
        return simulation.cluster
    }

    @Test(arguments: figures)
    func eachFigureCanBeTheLargest(figure: any WritableKeyPath<Parameters, Int> & Sendable) {
        let cluster = cluster { $0[keyPath: figure] = Parameters.largest[keyPath: figure] }
        #expect(cluster.nodes.count >= cluster.parameters.nodes)
        #expect(cluster.users.count >= cluster.parameters.users)
        #expect(cluster.accounts.count >= cluster.parameters.accounts)
        #expect(cluster.partitions.count >= cluster.parameters.partitions)
        #expect(cluster.jobs.count >= cluster.parameters.jobs * 9 / 10)
    }

    @Test func eachFigureCanBeOne() {
        let cluster = cluster { parameters in
            for figure in Self.figures { parameters[keyPath: figure] = 1 }
        }
        #expect(cluster.nodes.count >= 1)
    }

    /// The widest jobs that there can be: a few that share a cluster of nothing but GPUs.
    @Test func aJobCanHaveThousandsOfNodes() {
        let cluster = cluster {
            $0.nodes = 20_000
            $0.gpus = 160_000
            $0.jobs = 4
        }
        #expect(cluster.jobs.contains { $0.request.nodes > 500 })
    }

    @Test func noTwoUsersShareANumber() {
        let cluster = cluster { $0.users = 20_000 }
        #expect(Set(cluster.users.map(\.uid)).count == cluster.users.count)
    }
}
