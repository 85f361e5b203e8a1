extension Simulation {
    /// Every way to end, with exit codes, signals and core dumps.
    mutating func addOddEnds(_ menagerie: Menagerie) {
        for (name, state, reason, status) in Self.oddEnds {
            let slot = run(menagerie, name, on: ["busy5"], cpus: 1)
            finish(slot, as: state, reason, status)
        }
        let staging = run(menagerie, "stage-out", on: ["busy5"], cpus: 1)
        finish(staging, as: .completed, .none, 0)
        cluster.jobs[staging].state.flags.insert(.stageOut)
        let revoked = wait(menagerie, "cancelled-revoked")
        cancel(revoked)
        cluster.jobs[revoked].state.flags.insert(.revoked)
        // Cancelled before it started: an end without a run.
        let waiting = wait(menagerie, "cancelled-waiting")
        cancel(waiting)
    }

    private mutating func finish(_ slot: Slot<Job>, as state: JobState.Base, _ reason: Reason, _ status: UInt16) {
        end(slot, as: state)
        cluster.jobs[slot].state.flags.remove(.completing)
        cluster.jobs[slot].reason = reason
        cluster.jobs[slot].waitStatus = status
        cluster.jobs[slot].derivedWaitStatus = status == 0 ? 1 << 8 : status
        let allocation = cluster.jobs[slot].allocation
        for index in cluster.allocations[allocation].shares.indices {
            cluster.allocations[allocation].shares[index].isDone = true
            let node = cluster.allocations[allocation].shares[index].node
            cluster.nodes[node].completers -= 1
            refreshState(of: node)
        }
    }

    private static let oddEnds: [(name: Text, state: JobState.Base, reason: Reason, status: UInt16)] = [
        ("completed", .completed, .none, 0),
        ("exit-3", .failed, .nonZeroExitCode, 3 << 8),
        ("exit-255", .failed, .nonZeroExitCode, 255 << 8),
        ("segv", .failed, .raisedSignal, 11),
        ("segv-core", .failed, .raisedSignal, 0x80 | 11),
        ("exit-and-signal", .failed, .systemFailure, 2 << 8 | 9),
        ("cancelled", .cancelled, .none, 15),
        ("timeout", .timeout, .timeLimit, 0),
        ("inactive", .timeout, .inactiveLimit, 0),
        ("node-fail", .nodeFail, .nodeDown, 1 << 8),
        ("preempted", .preempted, .none, 15),
        ("boot-fail", .bootFail, .jobLaunchFailure, 1 << 8),
        ("past-deadline", .deadline, .deadLine, 0),
        ("oom", .outOfMemory, .outOfMemory, 0x80 | 9),
    ]
}
