import SimulatedCluster

extension Cluster {
    /// Positions of all associations from the root down: an account before its users, and those before the accounts
    /// below it, each by name.
    func treeOrder() -> [Int] {
        var children: [[Int]] = Array(repeating: [], count: associations.count)
        var roots: [Int] = []
        for (position, association) in associations.enumerated() {
            if association.parent.exists {
                children[association.parent.index].append(position)
            } else {
                roots.append(position)
            }
        }
        var order: [Int] = []
        var stack = Array(roots.reversed())
        while let next = stack.popLast() {
            order.append(next)
            stack += children[next].sorted { isBefore($1, $0) }
        }
        return order
    }

    /// How many associations are above each.
    func depths() -> [Int] {
        associations.reduce(into: []) { depths, association in
            depths.append(association.parent.exists ? depths[association.parent.index] + 1 : 0)
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        let left = associations[Ref<Association>(left)], right = associations[Ref<Association>(right)]
        if left.user.exists != right.user.exists { return left.user.exists }
        if left.user.exists, left.user != right.user { return users[left.user].name < users[right.user].name }
        if left.account != right.account { return accounts[left.account].name < accounts[right.account].name }
        return left.id < right.id
    }
}
