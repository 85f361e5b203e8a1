import Slurm

/// The combinations of partitions that records have, by numbers.
struct Memberships {
    /// By their numbers.
    private(set) var names: [[String]] = []
    /// Of most records: one partition, by the place of its symbol.
    private var singles: [Int?] = []
    private var others: [[Symbol]: Int] = [:]

    mutating func number(of partitions: [Symbol], _ symbols: borrowing Symbols) -> Int {
        guard partitions.count == 1 else {
            if let known = others[partitions] { return known }
            others[partitions] = names.count
            return add(partitions, symbols)
        }
        let place = partitions[0].place
        if place < singles.count, let known = singles[place] { return known }
        if place >= singles.count { singles += Array(repeating: nil, count: place + 1 - singles.count) }
        singles[place] = names.count
        return add(partitions, symbols)
    }

    private mutating func add(_ partitions: [Symbol], _ symbols: borrowing Symbols) -> Int {
        var texts: [String] = []
        for partition in partitions { texts.append(symbols[partition]) }
        names.append(texts)
        return names.count - 1
    }
}
