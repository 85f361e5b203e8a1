/// The one state that a node counts under: what `sinfo %T` says, in lower case and without the suffix character.
///
/// Precedence as in Slurm's node_state_string(). States that sinfo's manual lists and that this function never returns
/// for a node that has a base state (`powered_down`, `powering_up` …) show as a suffix there, so they are flags here.
public enum NodeEffectiveState: String, CaseIterable, Codable, Sendable {
    case allocated, blocked, completing, down, drained, draining, fail, failing, future, idle, inval, maint, mixed
    case planned, reboot, reserved, resume, unknown
    case error = "?"
    /// A base state of unknown and only this flag: the one way in which sinfo says these words.
    case cloud
    case external
    case powerDown = "power_down"
    case poweredDown = "powered_down"
    case poweringDown = "powering_down"
    case powerUp = "power_up"
    case poweringUp = "powering_up"
    case rebootIssued = "reboot_issued"
    case cancelReboot = "cancel_reboot"
    case undrain
    case dynamicFuture = "dynamic_future"
    case dynamicNorm = "dynamic_norm"
}

extension NodeState {
    public var effective: NodeEffectiveState {
        if flags.contains(.invalidRegistration) { return .inval }
        return overriding ?? lonelyFlag ?? byBase
    }

    private var isBusy: Bool { base == .allocated || base == .mixed }

    /// Flags that say more than the base state does.
    private var overriding: NodeEffectiveState? {
        if flags.contains(.maintenance), !flags.contains(.drain), !isBusy, base != .down { return .maint }
        if !flags.isDisjoint(with: [.rebootRequested, .rebootIssued]), !isBusy { return .reboot }
        let working = isBusy || flags.contains(.completing)
        if flags.contains(.drain) { return working ? .draining : .drained }
        if flags.contains(.fail) { return working ? .failing : .fail }
        return nil
    }

    private var lonelyFlag: NodeEffectiveState? {
        guard base == .unknown else { return nil }
        return Self.lonelyFlags.first { $0.flag == flags }?.state
    }

    private static let lonelyFlags: [(flag: Flags, state: NodeEffectiveState)] = [
        (.rebootCanceled, .cancelReboot), (.cloud, .cloud), (.external, .external), (.powerDown, .powerDown),
        (.powerUp, .powerUp), (.poweringDown, .poweringDown), (.poweredDown, .poweredDown),
        (.poweringUp, .poweringUp), (.undrain, .undrain), (.dynamicFuture, .dynamicFuture), (.dynamic, .dynamicNorm),
    ]

    private var byBase: NodeEffectiveState {
        switch base {
        case .down: return .down
        case .allocated: return .allocated
        case .error: return flags.contains(.completing) ? .completing : .error
        case .idle where !flags.contains(.completing): return idle
        case .idle, .mixed, .future, .unknown:
            if flags.contains(.completing) { return .completing }
        }
        switch base {
        case .mixed: return .mixed
        case .future: return .future
        default: return flags.contains(.resume) ? .resume : .unknown
        }
    }

    /// A suffix of sinfo's stands before these three words, so they only show where none applies.
    private var idle: NodeEffectiveState {
        guard flags.isDisjoint(with: Self.suffixed) else { return .idle }
        if flags.contains(.reserved) { return .reserved }
        if flags.contains(.blocked) { return .blocked }
        return flags.contains(.planned) ? .planned : .idle
    }

    private static let suffixed: Flags = [
        .poweringUp, .poweringDown, .poweredDown, .powerDown, .notResponding,
    ]
}

/// The one state that a job counts under: what `squeue %T` says, in lower case.
///
/// Precedence as in Slurm's job_state_string(): the first flag set of those that have a name there, else the base state.
public enum JobEffectiveState: String, CaseIterable, Codable, Sendable {
    case pending, running, suspended, completed, cancelled, failed, timeout, preempted, deadline
    case nodeFail = "node_fail"
    case bootFail = "boot_fail"
    case outOfMemory = "out_of_memory"
    case completing
    case stageOut = "stage_out"
    case configuring, expediting, resizing, requeued
    case requeueFed = "requeue_fed"
    case requeueHold = "requeue_hold"
    case specialExit = "special_exit"
    case stopped, revoked
    case reservationDeletedHold = "resv_del_hold"
    case signaling
}

extension JobState {
    public var effective: JobEffectiveState {
        if flags.isEmpty { return byBase }
        return Self.precedence.first { flags.contains($0.flag) }?.state ?? byBase
    }

    private static let precedence: [(flag: Flags, state: JobEffectiveState)] = [
        (.completing, .completing), (.stageOut, .stageOut), (.configuring, .configuring), (.expediting, .expediting),
        (.resizing, .resizing), (.requeued, .requeued), (.requeueFederation, .requeueFed),
        (.requeueHold, .requeueHold), (.specialExit, .specialExit), (.stopped, .stopped), (.revoked, .revoked),
        (.reservationDeletedHold, .reservationDeletedHold), (.signaling, .signaling),
    ]

    private var byBase: JobEffectiveState {
        switch base {
        case .pending: .pending
        case .running: .running
        case .suspended: .suspended
        case .completed: .completed
        case .cancelled: .cancelled
        case .failed: .failed
        case .timeout: .timeout
        case .nodeFail: .nodeFail
        case .preempted: .preempted
        case .bootFail: .bootFail
        case .deadline: .deadline
        case .outOfMemory: .outOfMemory
        }
    }
}
