extension Cluster {
    /// Appends a node's `gres`: `gpu:h100:4(S:0-1),nvme:no_consume:1`.
    public func append(configuredGres node: Node, to buffer: inout [UInt8]) {
        let generic = genericResources[node.generic]
        buffer.append(generic.gpus) { group, buffer in
            buffer.append(ascii: "gpu:")
            if group.type.exists {
                buffer.append(gpuTypes[group.type].name)
                buffer.append(UInt8(ascii: ":"))
            }
            buffer.append(decimal: group.count)
            guard !group.sockets.isEmpty else { return }
            buffer.append(ascii: "(S:")
            buffer.append(group.sockets)
            buffer.append(UInt8(ascii: ")"))
        }
        guard !generic.others.isEmpty else { return }
        if !generic.gpus.isEmpty { buffer.append(UInt8(ascii: ",")) }
        buffer.append(generic.others)
    }

    /// Appends a node's `gres_used`: `gpu:h100:2(IDX:0,3)`, `gpu:(null):8(IDX:0-7)`, `gpu:a100:0(IDX:N/A)`.
    public func append(usedGres node: Node, to buffer: inout [UInt8]) {
        buffer.append(gpus(of: node)) { use, buffer in
            append(use.inUse, of: use.group.type, to: &buffer)
        }
    }

    /// Appends one `gres_detail` of a job, what it has on one node: `gpu:h100:4(IDX:0-3)`; nothing without GPUs.
    public func append(gresDetail share: NodeShare, to buffer: inout [UInt8]) {
        guard share.gpus != 0 else { return }
        let used = genericResources[nodes[share.node].generic].masks.filter { $0.mask & share.gpus != 0 }
        buffer.append(used) { use, buffer in append(use.mask & share.gpus, of: use.group.type, to: &buffer) }
    }

    /// Appends what a job wants on each node: `gres/gpu:h100:2`; the prefix was `gres:` up to Slurm 23.02.
    public func append(gresRequest request: JobRequest, prefix: StaticString = "gres/", to buffer: inout [UInt8]) {
        guard request.gpusPerNode > 0 else { return }
        buffer.append(ascii: prefix)
        buffer.append(ascii: "gpu:")
        if request.gpuType.exists {
            buffer.append(gpuTypes[request.gpuType].name)
            buffer.append(UInt8(ascii: ":"))
        }
        buffer.append(decimal: request.gpusPerNode)
    }

    private func append(_ indices: UInt64, of type: Ref<GPUType>, to buffer: inout [UInt8]) {
        buffer.append(ascii: "gpu:")
        if type.exists {
            buffer.append(gpuTypes[type].name)
        } else {
            buffer.append(ascii: "(null)")
        }
        buffer.append(UInt8(ascii: ":"))
        buffer.append(decimal: indices.nonzeroBitCount)
        buffer.append(ascii: "(IDX:")
        if indices == 0 {
            buffer.append(ascii: "N/A")
        } else {
            TaskSet(ids: (0..<UInt32(64)).filter { indices >> UInt64($0) & 1 == 1 }).append(to: &buffer, length: 0)
        }
        buffer.append(UInt8(ascii: ")"))
    }
}
