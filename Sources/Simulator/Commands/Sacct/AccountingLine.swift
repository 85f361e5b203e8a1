import SimulatedCluster

/// A line of sacct: a job's record, or one of its steps.
struct AccountingLine {
    /// Of a job that still runs with now as its end, so that what follows from its length is known.
    let record: EndedJob
    /// The controller's record of a job that hasn't ended.
    let job: Job?
    var step: JobStep?

    /// Nothing where it has not ended.
    var ended: Timestamp { job == nil ? record.ended : .never }
    var isWaiting: Bool { record.state.base == .pending }
    var hasStarted: Bool { record.started.isSet }
}

/// Everything that the accounting database knows, ended or not.
struct AccountingRecords {
    let cluster: Cluster

    /// A record, and where the controller has the job if it hasn't ended.
    private struct Entry {
        let record: EndedJob
        let position: Int?

        var key: (UInt32, UInt32, UInt32) { (record.id, record.submitted.seconds, record.started.seconds) }
    }

    /// In the order of their ids, of one id the oldest first. Without duplicates only the last of each id.
    func lines(duplicates: Bool, where isWanted: (AccountingLine) -> Bool) -> some Sequence<AccountingLine> {
        var entries = ended + open
        entries.removeAll { !isWanted(line($0)) }
        entries.sort { $0.key < $1.key }
        return (duplicates ? entries : latest(entries)).lazy.map { line($0) }
    }

    private var ended: [Entry] {
        cluster.accountedJobs.map { Entry(record: $0, position: nil) }
    }

    private var open: [Entry] {
        (0..<cluster.jobs.capacity).compactMap { position in
            guard var job = cluster.jobs.element(at: position), !job.state.base.hasEnded else { return nil }
            job.ended = cluster.now
            return Entry(record: cluster.endedRecord(of: job, arrives: 0), position: position)
        }
    }

    private func latest(_ entries: [Entry]) -> [Entry] {
        entries.indices.filter { $0 + 1 == entries.count || entries[$0 + 1].record.id != entries[$0].record.id }
            .map { entries[$0] }
    }

    private func line(_ entry: Entry) -> AccountingLine {
        AccountingLine(record: entry.record, job: entry.position.flatMap { cluster.jobs.element(at: $0) })
    }
}

extension Report {
    /// Seconds between start and end or now, suspension left out.
    func elapsed(of line: AccountingLine) -> Int {
        if let step = line.step { return max(0, step.ended - step.started - Int(line.record.suspendedSeconds)) }
        return line.record.elapsed
    }

    func cpus(of line: AccountingLine) -> Int {
        if let step = line.step { return step.cpus }
        return line.hasStarted ? Int(line.record.allocatedCPUs) : line.record.request.cpus
    }

    func append(idOf line: AccountingLine, to buffer: inout [UInt8]) {
        let record = line.record
        if record.arrayJob != 0 {
            buffer.append(decimal: record.arrayJob)
            buffer.append(UInt8(ascii: "_"))
            if record.arrayTask != Job.none {
                buffer.append(decimal: record.arrayTask)
            } else if let job = line.job {
                buffer.append(UInt8(ascii: "["))
                cluster.append(tasksOf: job, to: &buffer, length: taskListLength ?? TaskSet.usualLength)
                buffer.append(UInt8(ascii: "]"))
            }
        } else if record.hetJob != 0 {
            buffer.append(decimal: record.hetJob)
            buffer.append(UInt8(ascii: "+"))
            buffer.append(decimal: record.hetOffset)
        } else {
            buffer.append(decimal: record.id)
        }
        append(stepOf: line, to: &buffer)
    }

    func append(stepOf line: AccountingLine, to buffer: inout [UInt8]) {
        guard let step = line.step else { return }
        buffer.append(UInt8(ascii: "."))
        switch step.kind {
        case .batch: buffer.append(ascii: "batch")
        case .extern: buffer.append(ascii: "extern")
        case .number(let number): buffer.append(decimal: number)
        }
    }

    func append(partitionOf line: AccountingLine, to buffer: inout [UInt8]) {
        guard line.step == nil else { return }
        if let job = line.job {
            cluster.append(partitionsOf: job, to: &buffer)
        } else if line.record.partition.exists {
            buffer.append(cluster.partitions[line.record.partition].name)
        }
    }

    /// The nodes of an ended job are taken to follow each other: its record keeps the first one only.
    func append(nodesOf line: AccountingLine, to buffer: inout [UInt8]) {
        guard line.hasStarted else { return buffer.append(ascii: "None assigned") }
        let count = line.step.map { $0.nodes } ?? Int(line.record.allocatedNodes)
        if let job = line.job {
            return cluster.append(hostlist: cluster.shares(of: job).prefix(count).map(\.node), to: &buffer)
        }
        guard line.record.firstNode.exists else { return }
        let first = line.record.firstNode.index
        let nodes = (first..<min(first + max(1, count), cluster.nodes.count)).map { Ref<Node>($0) }
        cluster.append(hostlist: nodes, to: &buffer)
    }

    func append(requestedTRESOf line: AccountingLine, to buffer: inout [UInt8]) {
        guard line.step == nil else { return }
        let request = line.record.request
        let gpus = [(request.gpuType, Int(request.gpusPerNode) * Int(request.nodes))]
        append(sorted: TRESString(request.resources, gpus: gpus, showsNodes: true), to: &buffer)
    }

    func append(allocatedTRESOf line: AccountingLine, to buffer: inout [UInt8]) {
        guard line.hasStarted else { return }
        let record = line.record
        if let step = line.step {
            buffer.append(ascii: "cpu=")
            buffer.append(decimal: step.cpus)
            buffer.append(ascii: ",mem=")
            buffer.append(Double(record.allocatedMemory), keptIn: .mega)
            buffer.append(ascii: ",node=")
            return buffer.append(decimal: step.nodes)
        }
        let resources = Resources(
            cpus: Int(record.allocatedCPUs), memory: Int(record.allocatedMemory), nodes: Int(record.allocatedNodes),
            gpus: Int(record.allocatedGPUs))
        append(sorted: TRESString(resources, gpus: [(record.gpuType, resources.gpus)], showsNodes: true), to: &buffer)
    }

    /// The database names resources in the order of their names, the controller in that of their numbers.
    private func append(sorted tres: TRESString, to buffer: inout [UInt8]) {
        var text: [UInt8] = []
        cluster.append(tres, to: &text)
        let parts = text.split(separator: UInt8(ascii: ",")).sorted { $0.lexicographicallyPrecedes($1) }
        buffer.append(parts) { $1.append(contentsOf: $0) }
    }
}
