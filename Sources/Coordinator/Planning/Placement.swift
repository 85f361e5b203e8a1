/// Work on shards, for as long as one round of planning takes.
///
/// Everything here is in order of weight and name, so that the same input gives the same placement.
struct Placement {
    struct Item {
        let work: Work
        let weight: Int
        /// The shard's place.
        var owner: Int?
        /// Whether it stays with its owner.
        var isPinned = false
        /// Shards that can't have it.
        var barred: Set<Int> = []
    }

    private(set) var items: [Item]
    private(set) var loads: [Int]
    /// The greatest load, where everything is placed anew, the longest first.
    let ideal: Int

    /// - Parameter items: those without an owner are placed, the heaviest first, where the load is least.
    init(_ items: [Item], shards: Int) {
        self.items = items.sorted { ($1.weight, $0.work) < ($0.weight, $1.work) }
        loads = Array(repeating: 0, count: shards)
        ideal = Self.longestFirst(self.items, shards: shards).loads.max() ?? 0
        for item in items { if let owner = item.owner { loads[owner] += item.weight } }
        placeOrphans()
    }

    private mutating func placeOrphans() {
        for place in items.indices where items[place].owner == nil {
            guard let shard = Self.leastLoaded(loads, for: items[place]) else { continue }
            items[place].owner = shard
            loads[shard] += items[place].weight
        }
    }

    /// Whether no load is more than a tenth above the ideal.
    var isBalanced: Bool { (loads.max() ?? 0) * 10 <= ideal * 11 }

    /// The move that brings the greatest load down most, if one does.
    var improvement: Move? {
        guard let high = loads.indices.max(by: { (loads[$0], $1) < (loads[$1], $0) }) else { return nil }
        var best: (move: Move, load: Int)?
        for item in items where item.owner == high && !item.isPinned {
            guard let low = Self.leastLoaded(loads, for: item), low != high else { continue }
            let load = max(loads[high] - item.weight, loads[low] + item.weight)
            if load < best?.load ?? loads[high] { best = (Move(work: item.work, to: low), load) }
        }
        return best?.move
    }

    /// Where everything would be, placed anew, under the names of shards that have most of it already.
    var renewed: [Work: Int] {
        let anew = Self.longestFirst(items, shards: loads.count)
        var common: [[Int]] = loads.map { _ in loads.map { _ in 0 } }
        for (item, group) in zip(items, anew.owners) {
            if let group, let owner = item.owner { common[group][owner] += item.weight }
        }
        let pinned = Set(items.filter(\.isPinned).compactMap(\.owner))
        let shards = Self.matching(common, fixed: pinned)
        return Dictionary(
            uniqueKeysWithValues: zip(items, anew.owners).compactMap { item, group in
                group.map { (item.work, shards[$0]) }
            })
    }

    struct Move: Equatable {
        let work: Work
        let to: Int
    }

    private static func leastLoaded(_ loads: [Int], for item: Item) -> Int? {
        var least: Int?
        for shard in loads.indices where item.barred.isEmpty || !item.barred.contains(shard) {
            if least.map({ loads[shard] < loads[$0] }) ?? true { least = shard }
        }
        return least
    }

    private static func longestFirst(_ items: [Item], shards: Int) -> (owners: [Int?], loads: [Int]) {
        var loads = Array(repeating: 0, count: shards)
        for item in items where item.isPinned { if let owner = item.owner { loads[owner] += item.weight } }
        let owners = items.map { item -> Int? in
            if item.isPinned, let owner = item.owner { return owner }
            guard let shard = leastLoaded(loads, for: item) else { return nil }
            loads[shard] += item.weight
            return shard
        }
        return (owners, loads)
    }

    /// A shard for each group, greedily by what they have in common.
    ///
    /// - Parameter fixed: groups with pinned items, which are their shards' already.
    private static func matching(_ common: [[Int]], fixed: Set<Int>) -> [Int] {
        var shards: [Int?] = common.indices.map { fixed.contains($0) ? $0 : nil }
        var free = Set(common.indices).subtracting(fixed)
        let pairs = common.indices.flatMap { group in
            common.indices.compactMap {
                common[group][$0] > 0 ? (weight: common[group][$0], group: group, shard: $0) : nil
            }
        }
        for pair in pairs.sorted(by: { ($1.weight, $0.group, $0.shard) < ($0.weight, $1.group, $1.shard) })
        where shards[pair.group] == nil && free.contains(pair.shard) {
            shards[pair.group] = pair.shard
            free.remove(pair.shard)
        }
        var rest = free.sorted()[...]
        for group in shards.indices where shards[group] == nil { shards[group] = rest.removeFirst() }
        return shards.map { $0! }
    }
}
