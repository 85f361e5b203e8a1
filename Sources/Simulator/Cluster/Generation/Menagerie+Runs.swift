extension Simulation {
    /// Every flag where it makes sense on a running, suspended or waiting job.
    mutating func addOddRuns(_ menagerie: Menagerie) {
        addFlaggedRuns(menagerie)
        addRunsOnOddNodes(menagerie)
        addCompletions(menagerie)
        for (name, flags, reason) in Self.waitingFlags {
            wait(menagerie, name) { job in
                job.state.flags = flags
                job.reason = reason
                if reason == .jobHeldUser { job.priority = 0 }
            }
        }
    }

    private mutating func addFlaggedRuns(_ menagerie: Menagerie) {
        for (name, flags) in Self.runningFlags {
            let slot = run(menagerie, name, on: ["busy3"], cpus: 1)
            cluster.jobs[slot].state.flags = flags
        }
        // Slurm shows a suspended job as held, with a priority of 0.
        let suspended = run(menagerie, "suspended", on: ["busy3", "busy4"], cpus: 2)
        cluster.jobs[suspended].state.base = .suspended
        cluster.jobs[suspended].suspended = cluster.now - 300
        cluster.jobs[suspended].ranBeforeSuspension = 500
        cluster.jobs[suspended].priority = 0
        run(menagerie, "unlimited-run", on: ["busy4"], cpus: 1) { $0.limit = .unlimited }
        run(menagerie, "no-account-run", on: ["busy4"], cpus: 1) { job in
            job.account = .none
            job.association = .none
            job.qos = .none
        }
        run(menagerie, "stranger-run", on: ["busy4"], cpus: 1) { job in
            job.user = menagerie.stranger
            job.association = .none
        }
        let interactive = run(menagerie, "interactive", on: ["busy4"], cpus: 1) { $0.traits.insert(.interactive) }
        cluster.scripts[cluster.jobs[interactive].script].isBatch = false
        run(menagerie, "restarted", on: ["busy4"], cpus: 1) { $0.restarts = 3 }
        let licenses = cluster.licenseLists.intern([LicenseCount(license: Ref(0), count: 3)])
        run(menagerie, "licensed-run", on: ["busy4"], cpus: 1) { $0.licenses = licenses }
        let reservation = cluster.nodes[menagerie.node("reserved")].reservation
        run(menagerie, "in-reservation", on: ["reserved"], cpus: 8) { $0.reservation = reservation }
        // It has run longer than its limit, as OverTimeLimit lets it.
        run(menagerie, "over-limit", on: ["busy4"], cpus: 1) { $0.limit = TimeLimit(minutes: 5) }
        run(menagerie, "deleted-partition-run", on: ["busy5"], in: "deleted")
        run(menagerie, "hidden-run", on: ["busy3"], in: "hidden")
        run(menagerie, "quoted-partition-run", on: ["busy6"], in: "quote\"d π")
    }

    private mutating func addRunsOnOddNodes(_ menagerie: Menagerie) {
        run(menagerie, "on-draining", on: ["draining"])
        run(menagerie, "on-failing", on: ["failing"], cpus: 64)
        run(menagerie, "on-silent", on: ["silent"], cpus: 64)
        run(menagerie, "on-rebooting", on: ["reboot-requested"])
        run(menagerie, "on-triple", on: ["triple"], in: "zeta")
        run(menagerie, "huge", on: ["huge"], cpus: 11_000) { $0.request.memory = 20_000_000 }
        run(menagerie, "gaps", on: ["gaps"], gpus: [0b1001]) { $0.request.gpuType = Ref(0) }
        run(menagerie, "two-types", on: ["two-types"], gpus: [0b110010])
        run(menagerie, "mig", on: ["mig"], gpus: [0b111]) { $0.request.gpuType = Ref(2) }
        run(menagerie, "untyped", on: ["untyped"], cpus: 32, gpus: [0xFF])
        // Different numbers of GPUs on its two nodes, and of different types.
        run(menagerie, "spread", on: ["gaps", "with-nvme"], gpus: [0b0010, 0b1111])
    }

    /// Ended, but the epilog hangs on some nodes; one of them ended long ago.
    private mutating func addCompletions(_ menagerie: Menagerie) {
        let ends: [(Text, [String], JobState.Base)] = [
            ("epilog", ["completing"], .completed), ("epilog-some", ["busy5", "busy6", "completing"], .cancelled),
            ("epilog-timeout", ["busy5"], .timeout), ("epilog-oom", ["busy6"], .outOfMemory),
        ]
        for (name, nodes, state) in ends {
            let slot = run(menagerie, name, on: nodes, cpus: 2)
            end(slot, as: state)
            let allocation = cluster.jobs[slot].allocation
            guard nodes.count > 1 else { continue }
            cluster.allocations[allocation].shares[0].isDone = true
            let done = cluster.allocations[allocation].shares[0].node
            cluster.nodes[done].completers -= 1
            refreshState(of: done)
        }
        let requeued = run(menagerie, "epilog-requeued", on: ["busy5"], cpus: 1)
        requeue(requeued)
    }

    private static let runningFlags: [(name: Text, flags: JobState.Flags)] = [
        ("configuring", .configuring), ("powering-up", [.configuring, .powerUpNode]), ("resizing", .resizing),
        ("signaling", .signaling), ("stopped", .stopped), ("expediting", .expediting),
        ("updating", .updateDatabase),
    ]

    private static let waitingFlags: [(name: Text, flags: JobState.Flags, reason: Reason)] = [
        ("requeued", .requeued, .beginTime), ("requeue-hold", .requeueHold, .jobHeldUser),
        ("special-exit", [.specialExit], .jobHeldUser), ("requeue-fed", .requeueFederation, .priority),
        ("reservation-deleted", .reservationDeletedHold, .reservationDeleted),
        ("launch-failed", [.launchFailed, .requeueHold], .jobHeldUser), ("reconfig-fail", .reconfigFail, .priority),
    ]
}
