import SimulatedCluster

/// The states that `squeue -t` and `sacct -s` take, by name or letters, whatever the case.
enum JobStates {
    /// Bases, which must be all of a job's state, and flags, of which it must have one.
    ///
    /// That a job's start is still to be told to the database is nothing that Slurm's commands look at.
    struct Wanted: Sendable {
        var bases: [JobState.Base] = []
        var flags: JobState.Flags = []

        func contains(_ state: JobState) -> Bool {
            let shown = state.flags.subtracting(.updateDatabase)
            return (shown.isEmpty && bases.contains(state.base)) || !flags.isDisjoint(with: shown)
        }
    }

    /// What squeue shows unasked.
    static func isActive(_ state: JobState) -> Bool {
        switch state.base {
        case .pending, .running, .suspended: true
        default: !state.flags.isDisjoint(with: [.stageOut, .completing])
        }
    }

    static func add(_ name: Text, to wanted: inout Wanted) -> Bool {
        if let base = JobState.Base.allCases.first(where: { name.names($0.name) || name.names($0.code) }) {
            wanted.bases.append(base)
        } else if let flag = flags.first(where: { name.names($0.name) || name.names($0.code) }) {
            wanted.flags.insert(flag.flag)
        } else {
            return false
        }
        return true
    }

    /// What is told to who asks for a state that there isn't.
    static func list(_ release: Release) -> String {
        let bases = JobState.Base.allCases.map { "\($0.name)" }
        let names = (bases + flags.map { "\($0.name)" }).joined(separator: ",")
        return release < .v2405 ? names : names.lowercased()
    }

    private static let flags: [(flag: JobState.Flags, name: StaticString, code: StaticString)] = [
        (.completing, "COMPLETING", "CG"), (.configuring, "CONFIGURING", "CF"), (.resizing, "RESIZING", "RS"),
        (.reservationDeletedHold, "RESV_DEL_HOLD", "RD"), (.requeued, "REQUEUED", "RQ"),
        (.requeueFederation, "REQUEUE_FED", "RF"), (.requeueHold, "REQUEUE_HOLD", "RH"), (.revoked, "REVOKED", "RV"),
        (.signaling, "SIGNALING", "SI"), (.specialExit, "SPECIAL_EXIT", "SE"), (.stageOut, "STAGE_OUT", "SO"),
        (.stopped, "STOPPED", "ST"),
    ]
}

extension Text {
    fileprivate func names(_ name: StaticString) -> Bool { equalsIgnoringCase(Text(stringLiteral: "\(name)")) }
}
