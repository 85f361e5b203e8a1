import Metrics

/// How far changes of nodes' states were counted.
struct NodeLevels: Sendable {
    /// Minutes to weeks.
    private static let bounds: [Double] = [60, 300, 1800, 3600, 14_400, 86_400, 604_800]
    private static let spells = FamilyGroup(labels: ["partition"], merge: .sum, feed: .nodes)

    var transitions = SeriesTable(
        FamilyGroup(merge: .sum, feed: .nodes).counter(
            "slurm_node_state_transitions_total",
            "Changes of nodes' states, as sinfo shows them, from one answer of Slurm's to the next, since counting began.",
            by: ["from", "to"]))
    var outages = SeriesTable(
        spells.histogram(
            "slurm_node_unavailable_duration_seconds",
            "How long nodes were down, drained, failed, in maintenance, rebooting or unknown, each time it is over;"
                + " from the first answer that showed it to the first that didn't, where its beginning was seen.",
            bounds: bounds, unit: "seconds"))
    var drains = SeriesTable(
        spells.histogram(
            "slurm_node_draining_duration_seconds",
            "How long nodes were draining: to be drained, but still at work; measured like"
                + " slurm_node_unavailable_duration_seconds.",
            bounds: bounds, unit: "seconds"))
    var gpuSeconds = SeriesTable(
        FamilyGroup(labels: ["node", "state"], level: .detailed, merge: .sum, feed: .nodes).counter(
            "slurm_node_gpu_seconds_total",
            "GPUs of a node times the time that the node was in a state, in use or not; between two answers it counts as"
                + " in the earlier one's.",
            unit: "seconds"))

    func tables(includingNodes: Bool) -> [SeriesTable] {
        [transitions, outages, drains] + (includingNodes ? [gpuSeconds] : [])
    }

    /// Takes over what another process counted. What it didn't count, or counted otherwise, begins now.
    mutating func restore(_ levels: [SeriesTable]) {
        transitions = transitions.restored(from: levels)
        outages = outages.restored(from: levels)
        drains = drains.restored(from: levels)
        gpuSeconds = gpuSeconds.restored(from: levels)
    }
}
