/// A node's GPUs, from all members that say something about them.
struct NodeGPUs {
    var tres = TRESText()
    var tresUsed = TRESText()
    var gres = GPUs()
    /// nil where the answer has no details.
    var gresUsed: GPUs?

    /// Whether AccountingStorageTRES has gres/gpu, so that the lists of resources name GPUs.
    private var areTracked: Bool { tres.gpus != nil || !tres.gpuTypes.isEmpty }

    var configured: GPUs {
        guard areTracked else { return gres }
        return GPUs(total: tres.gpus, types: gres.isEmpty ? tres.gpuTypes : gres.groups)
    }

    /// - Parameter configured: all that there are.
    func allocated(of configured: GPUs) -> GPUs? {
        if configured.isEmpty { return GPUs() }
        guard areTracked else { return gresUsed.map { typed($0, configured) } }
        let tracked = GPUs(total: tresUsed.gpus, types: tresUsed.gpuTypes)
        return typed(gresUsed?.total == tracked.total ? gresUsed ?? tracked : tracked, configured)
    }

    /// Where a node has GPUs of one type only, those in use are of that type, even if Slurm doesn't say so.
    private func typed(_ gpus: GPUs, _ configured: GPUs) -> GPUs {
        let types = configured.groups
        guard types.count == 1, gpus.groups.count != 1 || gpus.groups[0].type != types[0].type else { return gpus }
        return GPUs([GPUs.Group(type: types[0].type, count: gpus.total)])
    }
}

extension Reading {
    /// The generic resources of a list, each name once.
    mutating func genericResources(_ list: RawSpan) -> [GenericResource] {
        var resources: [GenericResource] = []
        list.genericResources { name, type, count in
            guard let count else { return }
            let name = genericName(name, type)
            if let index = resources.firstIndex(where: { $0.name == name }) {
                resources[index].total =
                    resources[index].total.addingReportingOverflow(count).overflow
                    ? .max : resources[index].total + count
            } else {
                resources.append(GenericResource(name: name, total: count))
            }
        }
        return resources
    }

    private mutating func genericName(_ name: RawSpan, _ type: RawSpan) -> Symbol {
        guard type.byteCount > 0 else { return intern(name) }
        var bytes: [UInt8] = []
        name.withUnsafeBytes { bytes.append(contentsOf: $0) }
        bytes.append(.colon)
        type.withUnsafeBytes { bytes.append(contentsOf: $0) }
        return intern(bytes.span.bytes)
    }
}
