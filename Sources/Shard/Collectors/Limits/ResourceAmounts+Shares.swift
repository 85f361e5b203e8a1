import Slurm

extension ResourceAmounts {
    /// One number for each kind of resource.
    ///
    /// - Parameter words: labels that come before that of the resource.
    func shares(_ words: String..., symbols: borrowing Symbols) -> [Share] {
        var shares: [Share] = []
        for entry in entries {
            shares.append(Share(words + [entry.kind.name(symbols)], Double(entry.amount)))
        }
        return shares
    }
}

extension Resources {
    /// One number for each kind of resource that is said, GPUs with a type both by themselves and among all.
    func amounts(_ symbols: borrowing Symbols) -> [Share] {
        let single: [(String, Int?)] = [("cpu", cpus), ("mem", memoryBytes), ("node", nodes)]
        var shares: [Share] = []
        for (name, amount) in single {
            if let amount { shares.append(Share(name, number: amount)) }
        }
        if let billing { shares.append(Share(["billing"], billing)) }
        guard !gpus.isEmpty else { return shares }
        shares.append(Share("gres/gpu", number: gpus.total))
        for group in gpus.groups where !group.type.isEmpty {
            shares.append(Share("gres/gpu:" + symbols[group.type], number: group.count))
        }
        return shares
    }
}
