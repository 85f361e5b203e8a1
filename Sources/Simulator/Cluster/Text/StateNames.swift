extension NodeState.Base {
    public var name: StaticString {
        switch self {
        case .unknown: "UNKNOWN"
        case .down: "DOWN"
        case .idle: "IDLE"
        case .allocated: "ALLOCATED"
        case .error: "ERROR"
        case .mixed: "MIXED"
        case .future: "FUTURE"
        }
    }
}

extension NodeState.Flags {
    /// Every flag with its name in slurmrestd's answers, in the order in which those list them.
    public static let names: [(flag: NodeState.Flags, name: StaticString)] = [
        (.external, "EXTERNAL"), (.reserved, "RESERVED"), (.undrain, "UNDRAIN"), (.cloud, "CLOUD"),
        (.resume, "RESUME"), (.drain, "DRAIN"), (.completing, "COMPLETING"), (.notResponding, "NOT_RESPONDING"),
        (.poweredDown, "POWERED_DOWN"), (.fail, "FAIL"), (.poweringUp, "POWERING_UP"),
        (.maintenance, "MAINTENANCE"), (.rebootRequested, "REBOOT_REQUESTED"),
        (.rebootCanceled, "REBOOT_CANCELED"), (.poweringDown, "POWERING_DOWN"),
        (.dynamicFuture, "DYNAMIC_FUTURE"), (.rebootIssued, "REBOOT_ISSUED"), (.planned, "PLANNED"),
        (.invalidRegistration, "INVALID_REG"), (.powerDown, "POWER_DOWN"), (.powerUp, "POWER_UP"),
        (.powerDrain, "POWER_DRAIN"), (.dynamic, "DYNAMIC_NORM"), (.blocked, "BLOCKED"),
    ]
}

extension NodeState {
    /// The character that `sinfo %T` adds to the effective state, nothing where it adds none.
    public var suffix: UInt8? {
        switch effective {
        case .maint, .fail, .failing, .unknown: flags.contains(.notResponding) ? UInt8(ascii: "*") : nil
        case .reboot: flags.contains(.rebootIssued) ? UInt8(ascii: "^") : nonRespondingSuffix
        case .draining, .drained, .down, .completing, .idle, .future: powerSuffix ?? nonRespondingSuffix
        case .allocated: powerSuffix ?? nonRespondingSuffix ?? (flags.contains(.completing) ? UInt8(ascii: "+") : nil)
        case .mixed: powerSuffix ?? nonRespondingSuffix ?? (flags.contains(.planned) ? UInt8(ascii: "-") : nil)
        default: nil
        }
    }

    private var nonRespondingSuffix: UInt8? { flags.contains(.notResponding) ? UInt8(ascii: "*") : nil }

    private var powerSuffix: UInt8? {
        Self.suffixes.first { flags.contains($0.flag) }?.character
    }

    private static let suffixes: [(flag: Flags, character: UInt8)] = [
        (.maintenance, UInt8(ascii: "$")), (.rebootIssued, UInt8(ascii: "^")), (.rebootRequested, UInt8(ascii: "@")),
        (.poweringUp, UInt8(ascii: "#")), (.poweringDown, UInt8(ascii: "%")), (.poweredDown, UInt8(ascii: "~")),
        (.powerDown, UInt8(ascii: "!")),
    ]
}

extension JobState.Base {
    public var name: StaticString {
        switch self {
        case .pending: "PENDING"
        case .running: "RUNNING"
        case .suspended: "SUSPENDED"
        case .completed: "COMPLETED"
        case .cancelled: "CANCELLED"
        case .failed: "FAILED"
        case .timeout: "TIMEOUT"
        case .nodeFail: "NODE_FAIL"
        case .preempted: "PREEMPTED"
        case .bootFail: "BOOT_FAIL"
        case .deadline: "DEADLINE"
        case .outOfMemory: "OUT_OF_MEMORY"
        }
    }

    /// The two letters of `squeue %t`.
    public var code: StaticString {
        switch self {
        case .pending: "PD"
        case .running: "R"
        case .suspended: "S"
        case .completed: "CD"
        case .cancelled: "CA"
        case .failed: "F"
        case .timeout: "TO"
        case .nodeFail: "NF"
        case .preempted: "PR"
        case .bootFail: "BF"
        case .deadline: "DL"
        case .outOfMemory: "OOM"
        }
    }
}

extension JobState.Flags {
    /// Every flag with its name in slurmrestd's answers, in the order in which those list them.
    public static let names: [(flag: JobState.Flags, name: StaticString)] = [
        (.launchFailed, "LAUNCH_FAILED"), (.updateDatabase, "UPDATE_DB"), (.requeued, "REQUEUED"),
        (.requeueHold, "REQUEUE_HOLD"), (.specialExit, "SPECIAL_EXIT"), (.resizing, "RESIZING"),
        (.configuring, "CONFIGURING"), (.completing, "COMPLETING"), (.stopped, "STOPPED"),
        (.reconfigFail, "RECONFIG_FAIL"), (.powerUpNode, "POWER_UP_NODE"), (.revoked, "REVOKED"),
        (.requeueFederation, "REQUEUE_FED"), (.reservationDeletedHold, "RESV_DEL_HOLD"),
        (.signaling, "SIGNALING"), (.stageOut, "STAGE_OUT"), (.expediting, "EXPEDITING"),
    ]
}

extension ReservationFlags {
    /// Every flag with its name in slurmrestd's answers, in the order in which those list them.
    public static let names: [(flag: ReservationFlags, name: StaticString)] = [
        (.maintenance, "MAINT"), (.daily, "DAILY"), (.weekly, "WEEKLY"), (.ignoreJobs, "IGNORE_JOBS"),
        (.anyNodes, "ANY_NODES"), (.isStatic, "STATIC"), (.partitionNodes, "PART_NODES"), (.overlap, "OVERLAP"),
        (.specificNodes, "SPEC_NODES"), (.allNodes, "ALL_NODES"), (.purgeCompleted, "PURGE_COMP"), (.flex, "FLEX"),
        (.magnetic, "MAGNETIC"),
    ]
}

extension QOSFlags {
    public static let names: [(flag: QOSFlags, name: StaticString)] = [
        (.partitionTimeLimit, "PARTITION_TIME_LIMIT"), (.noReserve, "NO_RESERVE"), (.denyLimit, "DENY_LIMIT"),
        (.overridesPartition, "OVERRIDE_PARTITION_QOS"), (.requiresReservation, "REQUIRED_RESERVATION"),
        (.noDecay, "NO_DECAY"),
    ]
}

extension PartitionFlags {
    /// Names of API v0.0.45; v0.0.38 has them in lower case.
    public static let names: [(flag: PartitionFlags, name: StaticString)] = [
        (.isDefault, "DEFAULT"), (.hidden, "HIDDEN"), (.noRoot, "NO_ROOT"), (.rootOnly, "ROOT_ONLY"),
        (.requiresReservation, "REQ_RESV"), (.leastLoadedNode, "LLN"),
    ]
}
