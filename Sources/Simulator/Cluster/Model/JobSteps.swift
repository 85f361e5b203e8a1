import ServiceRuntime

extension EndedJob {
    /// The steps of a job, as they follow from its record: nothing before it has started.
    ///
    /// Batch and external step first, as sacct lists them, then up to three numbered ones.
    public var steps: [JobStep] {
        var steps: [JobStep] = []
        forEachStep { steps.append($0) }
        return steps
    }

    /// The same without a list of them.
    public func forEachStep(_ visit: (JobStep) -> Void) {
        guard started.isSet, ended > started else { return }
        let luck = SeededGenerator.mix(UInt64(id) << 32 | UInt64(started.seconds))
        visit(step(.batch, cpus: Int(allocatedCPUs) / max(1, Int(allocatedNodes)), nodes: 1, luck))
        visit(step(.extern, cpus: Int(allocatedCPUs), nodes: Int(allocatedNodes), 0))
        for number in 0..<Int(luck % 4) {
            let own = SeededGenerator.mix(luck &+ UInt64(number))
            visit(step(.number(number), cpus: Int(allocatedCPUs), nodes: Int(allocatedNodes), own))
        }
    }

    /// CPU time of all steps: what sacct shows of the job itself.
    public var cpuMicroseconds: (user: UInt64, system: UInt64) {
        var sum: (user: UInt64, system: UInt64) = (0, 0)
        forEachStep { step in
            sum.user += step.userMicroseconds
            sum.system += step.systemMicroseconds
        }
        return sum
    }

    private func step(_ kind: JobStep.Kind, cpus: Int, nodes: Int, _ luck: UInt64) -> JobStep {
        let share = kind == .extern ? 0 : kind == .batch ? 5 : 30
        let available = UInt64(elapsed) * UInt64(max(1, cpus)) * 10_000
        let user = available * UInt64(share) * (luck % 80 + 10) / 100
        let resident = (UInt64(allocatedMemory) << 20) / 128
        return JobStep(
            kind: kind, state: state.base, started: started, ended: ended, cpus: max(1, cpus),
            nodes: nodes, tasks: kind == .batch || kind == .extern ? nodes : max(1, Int(request.tasks)),
            userMicroseconds: user, systemMicroseconds: user / 20,
            maxResidentBytes: resident * (luck % 100 + 1),
            energy: luck % 3 == 0 ? nil : UInt64(elapsed) * (luck % 4096),
            waitStatus: waitStatus)
    }
}

extension Cluster {
    /// Jobs that run, as the database knows them: records without an end.
    public var runningRecords: some Sequence<EndedJob> {
        jobs.lazy.filter { $0.state.holdsResources }.map { job in
            var open = job
            open.ended = .never
            return self.endedRecord(of: open, arrives: 0)
        }
    }
}
