import Slurm

/// GPUs by type. Clusters have a handful of types, so a list is faster than a table.
struct GPUSum: Hashable, Sendable {
    private(set) var groups: [GPUs.Group] = []

    mutating func add(_ gpus: borrowing GPUs, times count: Int = 1) {
        for group in gpus.groups { add(Sum.multiplying(group.count, count), of: group.type) }
    }

    mutating func add(_ count: Int, of type: Symbol) {
        if let place = groups.firstIndex(where: { $0.type == type }) {
            groups[place].count = Sum.adding(groups[place].count, count)
        } else {
            groups.append(GPUs.Group(type: type, count: count))
        }
    }

    var total: Int { groups.reduce(0) { Sum.adding($0, $1.count) } }

    func shares(_ symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for group in groups { shares.append(Share(symbols[group.type], number: group.count)) }
        return shares
    }
}
