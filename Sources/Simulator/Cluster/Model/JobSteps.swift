extension EndedJob {
    /// The steps of a job, as they follow from its record: nothing before it has started.
    ///
    /// Batch and external step first, as sacct lists them, then up to three numbered ones.
    public var steps: [JobStep] {
        guard started.isSet, ended > started else { return [] }
        let luck = SplitMix64.mix(UInt64(id) << 32 | UInt64(started.seconds))
        let batch = step(.batch, "batch", cpus: Int(allocatedCPUs) / max(1, Int(allocatedNodes)), nodes: 1, luck)
        let extern = step(.extern, "extern", cpus: Int(allocatedCPUs), nodes: Int(allocatedNodes), 0)
        let numbered = (0..<Int(luck % 4)).map { number in
            let own = SplitMix64.mix(luck &+ UInt64(number))
            return step(.number(number), "srun", cpus: Int(allocatedCPUs), nodes: Int(allocatedNodes), own)
        }
        return [batch, extern] + numbered
    }

    /// CPU time of all steps: what sacct shows of the job itself.
    public var cpuMicroseconds: (user: UInt64, system: UInt64) {
        steps.reduce(into: (0, 0)) { sum, step in
            sum.0 += step.userMicroseconds
            sum.1 += step.systemMicroseconds
        }
    }

    private func step(_ kind: JobStep.Kind, _ name: Text, cpus: Int, nodes: Int, _ luck: UInt64) -> JobStep {
        let share = kind == .extern ? 0 : kind == .batch ? 5 : 30
        let available = UInt64(elapsed) * UInt64(max(1, cpus)) * 10_000
        let user = available * UInt64(share) * (luck % 80 + 10) / 100
        let resident = (UInt64(allocatedMemory) << 20) / 128
        return JobStep(
            kind: kind, name: name, state: state.base, started: started, ended: ended, cpus: max(1, cpus),
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
