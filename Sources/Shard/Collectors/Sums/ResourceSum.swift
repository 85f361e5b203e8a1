import Slurm

/// What jobs ask for or have, in all.
struct ResourceSum: Hashable, Sendable {
    var cpus = Sum()
    var memoryBytes = Sum()
    var nodes = Sum()
    var gpus = GPUSum()

    @inline(__always)
    mutating func add(_ resources: borrowing Resources, times count: Int = 1) {
        cpus.add(resources.cpus, times: count)
        memoryBytes.add(resources.memoryBytes, times: count)
        nodes.add(resources.nodes, times: count)
        if !resources.gpus.isEmpty { gpus.add(resources.gpus, times: count) }
    }
}
