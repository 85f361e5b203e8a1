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

    /// In the order of their ids, of one id the oldest first. Without duplicates only the last of each id.
    func lines(duplicates: Bool, where isWanted: (AccountingLine) -> Bool) -> [AccountingLine] {
        var lines: [AccountingLine] = []
        for record in cluster.accountedJobs { add(AccountingLine(record: record, job: nil), to: &lines, isWanted) }
        for job in cluster.jobs where !job.state.base.hasEnded { add(open(job), to: &lines, isWanted) }
        lines.sort {
            ($0.record.id, $0.record.submitted, $0.record.started) < (
                $1.record.id, $1.record.submitted, $1.record.started
            )
        }
        return duplicates ? lines : latest(lines)
    }

    private func add(
        _ line: AccountingLine, to lines: inout [AccountingLine], _ isWanted: (AccountingLine) -> Bool
    ) {
        if isWanted(line) { lines.append(line) }
    }

    private func open(_ job: Job) -> AccountingLine {
        var open = job
        open.ended = cluster.now
        return AccountingLine(record: cluster.endedRecord(of: open, arrives: 0), job: job)
    }

    private func latest(_ lines: [AccountingLine]) -> [AccountingLine] {
        lines.indices.filter { $0 + 1 == lines.count || lines[$0 + 1].record.id != lines[$0].record.id }
            .map { lines[$0] }
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
