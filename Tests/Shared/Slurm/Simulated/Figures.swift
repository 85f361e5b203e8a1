import Slurm

/// Jobs counted as the simulator's truth counts them, under the same names.
enum JobFigures {
    static let all: Set<String> = [
        "jobs/records", "jobs/known/jobs", "jobs/cutRecords", "jobs/byState", "jobs/byBaseState", "jobs/byFlag",
        "jobs/pendingByReason", "jobs/held", "jobs/requested", "jobs/allocated", "jobs/suspended",
    ]

    /// What a cut list of tasks makes unknown.
    static let ofPending: Set<String> = [
        "jobs/byState", "jobs/byBaseState", "jobs/pendingByReason", "jobs/requested",
    ]

    /// What v0.0.38 and v0.0.39 don't say of jobs whose flag takes the place of the base state.
    static let ofBaseStates: Set<String> = [
        "jobs/byBaseState", "jobs/byFlag", "jobs/requested", "jobs/allocated", "jobs/suspended",
    ]

    static func add(_ job: JobRecord, _ symbols: Symbols, to figures: inout [String: Int]) {
        let tasks = job.tasks.known
        figures["jobs/records", default: 0] += 1
        figures["jobs/known/jobs", default: 0] += tasks
        figures["jobs/cutRecords", default: 0] += job.tasks.isCut ? 1 : 0
        figures["jobs/byState/\(job.state.effective.name)", default: 0] += tasks
        figures["jobs/byBaseState/\(job.state.base.rawValue.uppercased())", default: 0] += tasks
        for flag in job.state.flags.names { figures["jobs/byFlag/\(flag.uppercased())", default: 0] += tasks }
        if job.state.effective.name == "pending" {
            let reason = job.reason.isEmpty ? "None" : symbols[job.reason]
            figures["jobs/pendingByReason/\(reason)", default: 0] += tasks
        }
        if job.isHeld { figures["jobs/held", default: 0] += tasks }
        figures["users/\(symbols[job.user])/jobs/records", default: 0] += 1
        figures["accounts/\(symbols[job.account])/jobs/records", default: 0] += 1
        figures["qos/\(symbols[job.qos])/jobs/records", default: 0] += 1
        figures["partitions/\(symbols[job.home])/homeJobs/records", default: 0] += 1
        for partition in job.partitions {
            figures["partitions/\(symbols[partition])/naturalJobs/records", default: 0] += 1
        }
        if job.state.isWaiting { add(job.requested, times: tasks, "jobs/requested", symbols, to: &figures) }
        if job.state.holdsResources { add(job.allocated, "jobs/allocated", symbols, to: &figures) }
        if job.state.base == .suspended { add(job.allocated, "jobs/suspended", symbols, to: &figures) }
    }

    private static func add(
        _ resources: Resources, times count: Int = 1, _ path: String, _ symbols: Symbols,
        to figures: inout [String: Int]
    ) {
        figures["\(path)/cpus", default: 0] += (resources.cpus ?? 0) * count
        figures["\(path)/memoryBytes", default: 0] += (resources.memoryBytes ?? 0) * count
        figures["\(path)/nodes", default: 0] += (resources.nodes ?? 0) * count
        add(resources.gpus, times: count, path, symbols, to: &figures)
    }

    static func add(
        _ gpus: GPUs, times count: Int = 1, _ path: String, _ symbols: Symbols, to figures: inout [String: Int]
    ) {
        figures["\(path)/gpus", default: 0] += gpus.total * count
        for group in gpus.groups {
            figures["\(path)/gpusByType/\(symbols[group.type])", default: 0] += group.count * count
        }
    }
}

/// Nodes counted as the simulator's truth counts them, under the same names.
enum NodeFigures {
    static let all: Set<String> = since39.union([
        "nodes/nodes", "nodes/byState", "nodes/byFlag", "nodes/configuredCPUs", "nodes/configuredMemoryBytes",
        "nodes/allocated/cpus", "nodes/allocated/memoryBytes", "nodes/allocated/gpus", "nodes/allocated/gpusByType",
        "nodes/total/gpus", "nodes/total/gpusByType", "nodes/neverReported", "nodes/freeMemoryBytes",
        "nodes/cpuLoadTimes100",
    ])

    static let since39: Set<String> = ["nodes/total/cpus", "nodes/total/memoryBytes", "nodes/watts"]

    static func add(_ node: NodeRecord, _ symbols: Symbols, to figures: inout [String: Int]) {
        func add(_ count: Int?, _ name: String) { figures["nodes/\(name)", default: 0] += count ?? 0 }
        add(1, "nodes")
        add(1, "byState/\(node.state.effective)")
        for flag in node.state.flags.names { add(1, "byFlag/\(flag.uppercased())") }
        let partitions = node.partitions.map { symbols[$0] }
        for partition in partitions { figures["partitions/\(partition)/naturalNodes/nodes", default: 0] += 1 }
        if let home = partitions.min() { figures["partitions/\(home)/homeNodes/nodes", default: 0] += 1 }
        add(node.cpus, "configuredCPUs")
        add(node.memoryBytes, "configuredMemoryBytes")
        add(node.effectiveCPUs, "total/cpus")
        add(node.effectiveMemoryBytes, "total/memoryBytes")
        add(node.allocatedCPUs, "allocated/cpus")
        add(node.allocatedMemoryBytes, "allocated/memoryBytes")
        JobFigures.add(node.gpus, "nodes/total", symbols, to: &figures)
        JobFigures.add(node.allocatedGPUs ?? GPUs(), "nodes/allocated", symbols, to: &figures)
        add(node.freeMemoryBytes == nil ? 1 : 0, "neverReported")
        add(node.freeMemoryBytes, "freeMemoryBytes")
        add(node.load.map { Int(($0 * 100).rounded()) }, "cpuLoadTimes100")
        add(node.watts.map { Int($0) }, "watts")
    }
}
