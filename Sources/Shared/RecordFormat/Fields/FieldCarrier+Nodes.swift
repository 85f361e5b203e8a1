import Slurm

extension FieldCarrier where Self: ~Copyable {
    mutating func carry(_ node: inout NodeRecord) throws(RecordFormatError) {
        try carry(&node.name)
        try carry(&node.state)
        try carry(&node.partitions)
        try carry(&node.cpus)
        try carry(&node.effectiveCPUs)
        try carry(&node.allocatedCPUs)
        try carry(&node.memoryBytes)
        try carry(&node.effectiveMemoryBytes)
        try carry(&node.allocatedMemoryBytes)
        try carry(&node.freeMemoryBytes)
        try carry(&node.load)
        try carry(&node.gpus)
        try carry(&node.allocatedGPUs)
        try carry(&node.genericResources, blank: GenericResource(name: .empty, total: 0)) {
            resource, carrier throws(RecordFormatError) in
            try carrier.carry(&resource.name)
            try carrier.carry(&resource.total)
            try carrier.carry(&resource.used)
        }
        try carry(&node.reason)
        try carry(&node.reasonUser)
        try carry(&node.reasonSince)
        try carry(&node.booted)
        try carry(&node.daemonStarted)
        try carry(&node.lastBusy)
        try carry(&node.watts)
        try carry(&node.consumedJoules)
        try carry(&node.weight)
        try carry(&node.version)
        try carry(&node.architecture)
        try carry(&node.operatingSystem)
        try carry(&node.address)
        try carry(&node.features)
        try carry(&node.reservation)
    }

    mutating func carry(_ partition: inout PartitionRecord) throws(RecordFormatError) {
        try carry(&partition.name)
        try carry(&partition.state, blank: .unknown) { state, carrier throws(RecordFormatError) in
            try carrier.carry(&state)
        }
        try carry(&partition.isDefault)
        try carry(&partition.isHidden)
        try carry(&partition.nodes)
        try carry(&partition.cpus)
        try carry(&partition.memoryBytes)
        try carry(&partition.gpus)
        try carry(&partition.maximumTimeSeconds)
        try carry(&partition.defaultTimeSeconds)
        try carry(&partition.maximumNodes)
        try carry(&partition.minimumNodes)
        try carry(&partition.priorityTier)
        try carry(&partition.priorityJobFactor)
        try carry(&partition.allowedAccounts)
        try carry(&partition.allowedGroups)
        try carry(&partition.allowedQOS)
        try carry(&partition.qos)
    }
}
