extension Cluster {
    /// Appends a job's `partition`: all it may start in while it waits, `a,b`.
    public func append(partitionsOf job: Job, to buffer: inout [UInt8]) {
        buffer.append(partitions(of: job)) { $1.append(partitions[$0].name) }
    }

    /// Appends `matlab:4,ansys`, as a job or a reservation asks for them.
    public func append(_ list: LicenseList, to buffer: inout [UInt8]) {
        buffer.append(list) { entry, buffer in
            buffer.append(licenses[entry.license].name)
            guard entry.count != 1 else { return }
            buffer.append(UInt8(ascii: ":"))
            buffer.append(decimal: entry.count)
        }
    }

    /// Appends `afterok:1234(unfulfilled)`; nothing where the job waits for none.
    public func append(_ dependency: Dependency, to buffer: inout [UInt8]) {
        guard dependency.isSet else { return }
        buffer.append(contentsOf: dependency.kind.rawValue.utf8)
        guard dependency.job != 0 else { return }
        buffer.append(UInt8(ascii: ":"))
        buffer.append(decimal: dependency.job)
        buffer.append(ascii: "(unfulfilled)")
    }

    /// Appends federation members by the bits of a mask: `alpha,beta`.
    public func append(siblings mask: UInt8, to buffer: inout [UInt8]) {
        buffer.append(federation.filter { mask >> $0.id & 1 == 1 }) { $1.append($0.name) }
    }

    /// Appends an id as people write it: `1234_7`, `1234+1`, or `1234`; `1234_[0-99%5]` for unstarted tasks.
    public func append(displayIDOf job: Job, to buffer: inout [UInt8]) {
        if job.arrayTasks.exists {
            buffer.append(decimal: job.arrayJob)
            buffer.append(ascii: "_[")
            append(tasksOf: job, to: &buffer)
            buffer.append(UInt8(ascii: "]"))
        } else if let task = job.arrayTaskID {
            buffer.append(decimal: job.arrayJob)
            buffer.append(UInt8(ascii: "_"))
            buffer.append(decimal: task)
        } else if job.hetJob != 0 {
            buffer.append(decimal: job.hetJob)
            buffer.append(UInt8(ascii: "+"))
            buffer.append(decimal: job.hetOffset)
        } else {
            buffer.append(decimal: job.id)
        }
    }
}
