/// What a job asks for, from all members that say something about it.
struct JobRequest {
    var tres = TRESText()
    var cpus: Int?
    var nodes: Int?
    var tasks: Int?
    var socketsPerNode: Int?
    var memoryPerNode: Int?
    var memoryPerCPU: Int?
    var gpusPerJob = GPUs()
    var gpusPerNode = GPUs()
    var gpusPerSocket = GPUs()
    var gpusPerTask = GPUs()

    /// The list of resources says it best; where it is silent the members do that it is made from.
    var resources: Resources {
        var resources = tres.resources
        resources.cpus = resources.cpus ?? cpus
        resources.nodes = resources.nodes ?? nodes
        resources.memoryBytes = resources.memoryBytes ?? memoryBytes
        if tres.gpuTypes.isEmpty, asksForGPUs {
            resources.gpus = tres.gpus.map { GPUs(total: $0, types: gpus.groups) } ?? gpus
        }
        return resources
    }

    private var asksForGPUs: Bool {
        !(gpusPerJob.isEmpty && gpusPerNode.isEmpty && gpusPerTask.isEmpty && gpusPerSocket.isEmpty)
    }

    private var memoryBytes: Int? {
        if let memoryPerNode { return (nodes ?? 1).scaled(by: memoryPerNode) }
        return memoryPerCPU.flatMap { perCPU in cpus.flatMap { $0.scaled(by: perCPU) } }
    }

    /// As asked for by job, node, socket or task.
    var gpus: GPUs {
        if !gpusPerJob.isEmpty { return gpusPerJob }
        if !gpusPerNode.isEmpty { return gpusPerNode.scaled(by: nodes ?? 1) }
        if !gpusPerTask.isEmpty { return gpusPerTask.scaled(by: tasks ?? 1) }
        return gpusPerSocket.isEmpty ? GPUs() : gpusPerSocket.scaled(by: socketsPerNode ?? 1).scaled(by: nodes ?? 1)
    }
}

extension GPUs {
    func scaled(by factor: Int) -> GPUs {
        guard factor != 1 else { return self }
        return GPUs(
            groups.compactMap { group in
                guard let count = group.count.scaled(by: factor), count <= Self.most else { return nil }
                return Group(type: group.type, count: count)
            })
    }
}
