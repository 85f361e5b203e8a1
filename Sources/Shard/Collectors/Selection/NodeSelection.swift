import Slurm

/// The nodes that the settings let through.
struct NodeSelection: Sendable {
    private let partitions: Set<String>
    private let states: Set<String>

    init(_ settings: CollectionSettings.Nodes) {
        partitions = Set(settings.partitions)
        states = Set(settings.states.map { $0.lowercased() })
    }

    func includes(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) -> Bool {
        isMember(node, symbols) && isInState(node.state)
    }

    func isMember(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) -> Bool {
        guard !partitions.isEmpty else { return true }
        for partition in node.partitions where partitions.contains(symbols[partition]) { return true }
        return false
    }

    private func isInState(_ state: NodeState) -> Bool {
        states.isEmpty || states.contains(state.effective) || states.contains(state.base.rawValue)
            || state.flags.names.contains(where: states.contains)
    }
}
