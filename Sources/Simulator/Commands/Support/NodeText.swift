import SimulatedCluster

extension NodeState {
    /// Appends the word of `sinfo %T` in lower case, with its suffix.
    func append(longTo buffer: inout [UInt8]) {
        buffer.append(contentsOf: effective.rawValue.utf8)
        if let suffix { buffer.append(suffix) }
    }

    /// Appends the abbreviation of `sinfo %t` in lower case, with its suffix.
    func append(compactTo buffer: inout [UInt8]) {
        buffer.append(ascii: effective.abbreviation)
        if let suffix { buffer.append(suffix) }
    }

    /// Appends base state and all flags: `MIXED+CLOUD+POWERED_DOWN`.
    func append(completeTo buffer: inout [UInt8], _ release: Release) {
        buffer.append(ascii: base.name)
        for (flag, name, first) in Self.flagNames where first <= release && flags.contains(flag) {
            buffer.append(UInt8(ascii: "+"))
            buffer.append(ascii: name)
        }
    }

    /// In the order of Slurm's own table, which isn't that of its bits. Flags that aren't in it are not shown.
    private static let flagNames: [(flag: Flags, name: StaticString, first: Release)] = [
        (.blocked, "BLOCKED", .v2405), (.cloud, "CLOUD", .oldest), (.completing, "COMPLETING", .oldest),
        (.drain, "DRAIN", .oldest), (.dynamicFuture, "DYNAMIC_FUTURE", .oldest),
        (.dynamic, "DYNAMIC_NORM", .oldest), (.external, "EXTERNAL", .v2505),
        (.invalidRegistration, "INVALID_REG", .oldest), (.fail, "FAIL", .oldest),
        (.maintenance, "MAINTENANCE", .oldest), (.powerDown, "POWER_DOWN", .oldest),
        (.powerUp, "POWER_UP", .oldest), (.poweredDown, "POWERED_DOWN", .oldest),
        (.rebootRequested, "REBOOT_REQUESTED", .oldest), (.rebootIssued, "REBOOT_ISSUED", .oldest),
        (.reserved, "RESERVED", .oldest), (.resume, "RESUME", .oldest), (.notResponding, "NOT_RESPONDING", .oldest),
        (.planned, "PLANNED", .oldest), (.poweringUp, "POWERING_UP", .oldest),
        (.poweringDown, "POWERING_DOWN", .oldest),
    ]

    /// Slurm's own number, by which sinfo sorts.
    var number: UInt64 { UInt64(base.rawValue) | UInt64(flags.rawValue) }
}

extension NodeEffectiveState {
    var abbreviation: StaticString {
        switch self {
        case .allocated: "alloc"
        case .blocked: "block"
        case .completing: "comp"
        case .down: "down"
        case .drained: "drain"
        case .draining: "drng"
        case .fail: "fail"
        case .failing: "failg"
        case .future: "futr"
        case .idle: "idle"
        case .inval: "inval"
        case .maint: "maint"
        case .mixed: "mix"
        case .planned: "plnd"
        case .reboot, .rebootIssued: "boot"
        case .reserved: "resv"
        case .resume: "resm"
        case .unknown: "unk"
        case .error: "?"
        case .cloud: "cloud"
        case .external: "ext"
        case .powerDown: "pow_dn"
        case .poweredDown: "powered_dn"
        case .poweringDown: "powring_dn"
        case .powerUp: "pow_up"
        case .poweringUp: "powering_up"
        case .cancelReboot: "canc_r"
        case .undrain: "undrain"
        case .dynamicFuture: "dynamic_future"
        case .dynamicNorm: "dynamic_norm"
        }
    }
}

extension Report {
    /// Appends why a node is as it is; nothing without a reason.
    func append(reasonOf node: Node, to buffer: inout [UInt8]) {
        buffer.append(cluster.texts[node.reason])
    }

    func append(nameOf node: Node, to buffer: inout [UInt8]) {
        cluster.append(node.name, to: &buffer)
    }

    /// A load of 12.06, or N/A where no slurmd ever reported.
    func append(loadOf node: Node, to buffer: inout [UInt8]) {
        if node.cpuLoad == Node.unset { return buffer.append(ascii: "N/A") }
        buffer.append(fixed: Double(node.cpuLoad) / 100, digits: 2)
    }

    func append(freeMemoryOf node: Node, to buffer: inout [UInt8]) {
        if node.freeMemory == Node.unset {
            buffer.append(ascii: "N/A")
        } else {
            buffer.append(decimal: node.freeMemory)
        }
    }

    /// Appends GPUs in use by type; a node without any says `gpu:0` where some node has some.
    func append(usedGresOf node: Node, to buffer: inout [UInt8]) {
        let start = buffer.count
        cluster.append(usedGres: node, to: &buffer)
        if buffer.count == start { buffer.append(ascii: "gpu:0") }
    }
}
