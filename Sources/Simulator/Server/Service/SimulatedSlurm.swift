import Locks
import SimulatedCluster

/// The one living cluster, and what everybody sees of it.
final class SimulatedSlurm: Sendable {
    private let simulation: Locked<Simulation>
    /// Apart from the simulation: a reader never waits for a step.
    private let published: Locked<Cluster>

    init(_ parameters: Parameters) {
        let simulation = Simulation(parameters)
        published = Locked(simulation.cluster)
        self.simulation = Locked(simulation)
    }

    /// The cluster as it is now; it stays so for as long as it is held.
    var snapshot: Cluster { published.withLock { $0 } }

    var stepSeconds: Int { snapshot.parameters.stepSeconds }

    /// Shows every step on the way: what changes in the time of one is all that is there twice.
    ///
    /// - Returns: the number of the step that was reached.
    @discardableResult
    func step(_ count: Int) -> Int {
        simulation.withLock { simulation in
            for _ in 0..<count {
                simulation.step()
                published.withLock { [cluster = simulation.cluster] in $0 = cluster }
            }
            return simulation.cluster.step
        }
    }
}
