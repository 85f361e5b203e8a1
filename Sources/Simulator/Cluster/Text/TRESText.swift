/// How a TRES string shows what it is about.
public struct TRESString: Sendable {
    public var resources: Resources
    public var gpus: [(type: Ref<GPUType>, count: Int)]
    /// A node's strings have no `node=`.
    public var showsNodes: Bool

    public init(_ resources: Resources, gpus: [(type: Ref<GPUType>, count: Int)], showsNodes: Bool) {
        self.resources = resources
        self.gpus = gpus
        self.showsNodes = showsNodes
    }
}

extension Cluster {
    /// Appends `cpu=128,mem=1612647M,node=4,billing=128,gres/gpu=8,gres/gpu:h100=8`; nothing where all is 0.
    ///
    /// The typed GPUs are among the untyped ones. Neither is there unless accounting tracks GPUs.
    public func append(_ tres: TRESString, to buffer: inout [UInt8]) {
        let resources = tres.resources
        guard resources != Resources() else { return }
        buffer.append(ascii: "cpu=")
        buffer.append(decimal: resources.cpus)
        if resources.memory > 0 {
            buffer.append(ascii: ",mem=")
            buffer.append(mebibytes: resources.memory)
        }
        if tres.showsNodes {
            buffer.append(ascii: ",node=")
            buffer.append(decimal: resources.nodes)
        }
        buffer.append(ascii: ",billing=")
        buffer.append(decimal: resources.billing)
        guard parameters.tracksGPUs, resources.gpus > 0 else { return }
        buffer.append(ascii: ",gres/gpu=")
        buffer.append(decimal: resources.gpus)
        for (type, count) in tres.gpus where type.exists {
            buffer.append(ascii: ",gres/gpu:")
            buffer.append(gpuTypes[type].name)
            buffer.append(UInt8(ascii: "="))
            buffer.append(decimal: count)
        }
    }

    /// What a job asks for, for `tres_req_str`.
    public func requestedTRES(of job: Job) -> TRESString {
        let request = job.request
        return TRESString(
            request.resources, gpus: [(request.gpuType, Int(request.gpusPerNode) * Int(request.nodes))],
            showsNodes: true)
    }

    /// What a job has or had, for `tres_alloc_str`; empty before it has started.
    public func allocatedTRES(of job: Job) -> TRESString {
        TRESString(allocated(to: job), gpus: allocatedGPUs(of: job), showsNodes: true)
    }

    public func configuredTRES(of node: Node) -> TRESString {
        let groups = genericResources[node.generic].gpus.map { ($0.type, $0.count) }
        return TRESString(resources(of: node), gpus: groups, showsNodes: false)
    }

    public func allocatedTRES(of node: Node) -> TRESString {
        let groups = gpus(of: node).filter { $0.inUse != 0 }.map { ($0.group.type, $0.inUse.nonzeroBitCount) }
        return TRESString(allocated(on: node), gpus: groups, showsNodes: false)
    }

    public func configuredTRES(of partition: Partition) -> TRESString {
        TRESString(resources(of: partition), gpus: gpusByType(of: partition), showsNodes: true)
    }
}

extension [UInt8] {
    /// Appends memory as Slurm does: in the largest unit that halves it evenly, `1612647M`, `187.50G`, `2T`.
    public mutating func append(mebibytes: Int) {
        let units: [UInt8] = [UInt8(ascii: "M"), UInt8(ascii: "G"), UInt8(ascii: "T"), UInt8(ascii: "P")]
        var amount = Double(mebibytes)
        var unit = 0
        while amount >= 1024, Int(amount) % 512 == 0, unit < units.count - 1 {
            amount /= 1024
            unit += 1
        }
        append(decimal: Int(amount))
        let hundredths = Int((amount - Double(Int(amount))) * 100 + 0.5)
        if hundredths > 0 {
            append(UInt8(ascii: "."))
            append(decimal: hundredths, width: 2)
        }
        if mebibytes > 0 { append(units[unit]) }
    }
}
