import Slurm

/// The words of node states, in the order of the counts.
enum NodeStates {
    /// What clusters show every day, also where no node is in it.
    private static let usual = [
        "allocated", "blocked", "completing", "down", "drained", "draining", "error", "fail", "failing", "future",
        "idle", "inval", "maint", "mixed", "planned", "reboot", "reserved", "resume", "unknown",
    ]

    /// What a node shows of which nothing is known but one flag.
    private static let rare = [
        "cancel_reboot", "cloud", "dynamic_future", "dynamic_norm", "external", "power_down", "power_up",
        "powered_down", "powering_down", "powering_up", "undrain",
    ]

    static let names = usual + rare

    static func isUsual(_ place: Int) -> Bool { place < usual.count }

    private static let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })

    static func place(of state: NodeState) -> Int {
        places[state.effective] ?? places["unknown"]!
    }

    static func place(of name: String) -> Int? { places[name] }

    static let idle = place(of: NodeState(.idle))

    /// States in which a node works or could, as far as Slurm can tell.
    static let healthy: Set<String> = [
        "allocated", "blocked", "completing", "idle", "mixed", "planned", "reserved",
    ]

    private static let conditions: [NodeMark.Condition] = names.map { name in
        if ["draining", "failing"].contains(name) { return .draining }
        let unavailable = ["down", "drained", "error", "fail", "inval", "maint", "reboot", "unknown"]
        return unavailable.contains(name) ? .unavailable : .usable
    }

    static func condition(of place: Int) -> NodeMark.Condition { conditions[place] }

    static let flags: [(name: String, flag: NodeState.Flags)] = (0..<32).compactMap { bit in
        let flag = NodeState.Flags(rawValue: 1 << bit)
        return flag.names.first.map { ($0, flag) }
    }
}

extension NodeRecord {
    /// Where the node counts when it counts once: the first of its partitions by name.
    func home(_ symbols: borrowing Symbols) -> Symbol {
        guard partitions.count > 1 else { return partitions.first ?? .empty }
        var home = partitions[0]
        for partition in partitions.dropFirst() where symbols[partition] < symbols[home] { home = partition }
        return home
    }

    /// As sinfo counts idle CPUs: what jobs don't have, unless the node is down or drains.
    var idleCPUs: Int? {
        guard let cpus, let allocatedCPUs else { return nil }
        return state.base == .down || state.flags.contains(.drain) ? 0 : max(0, Sum.adding(cpus, 0 &- allocatedCPUs))
    }

    var hasJobs: Bool { (allocatedCPUs ?? 0) > 0 }
}
