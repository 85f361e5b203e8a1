import Slurm

/// What is counted for one name: a partition's nodes, a user's jobs.
protocol Subtotal: Sendable {
    init()
}

/// Subtotals by what records share.
struct Groups<Key: Hashable & Sendable, Content: Subtotal>: Sendable {
    private var places: [Key: Int] = [:]
    private(set) var keys: [Key] = []
    private var contents: [Content] = []
    /// Neighbours in Slurm's lists are often alike.
    private var last: (key: Key, place: Int)?

    init() {}

    mutating func removeAll() {
        places.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        contents.removeAll(keepingCapacity: true)
        last = nil
    }

    @inline(__always)
    mutating func update(_ key: Key, _ change: (inout Content) -> Void) {
        change(&contents[place(of: key)])
    }

    private mutating func place(of key: Key) -> Int {
        if let last, last.key == key { return last.place }
        let place = places[key] ?? add(key)
        last = (key, place)
        return place
    }

    private mutating func add(_ key: Key) -> Int {
        let place = contents.count
        places[key] = place
        keys.append(key)
        contents.append(Content())
        return place
    }

    var entries: some Sequence<(key: Key, content: Content)> {
        zip(keys, contents).lazy.map { (key: $0, content: $1) }
    }
}

extension Groups where Key == Symbol {
    /// By name what records named, and what is known to exist although none did, as far as it lies in the scope.
    func byName(known names: [String], _ scope: Scope, _ symbols: borrowing Symbols) -> [(name: String, Content)] {
        var rows: [(name: String, Content)] = []
        for entry in entries where scope.covers(symbols[entry.key]) { rows.append((symbols[entry.key], entry.content)) }
        let named = Set(rows.map(\.name))
        for name in names where !named.contains(name) && scope.covers(name) { rows.append((name, Content())) }
        return rows
    }
}

/// Two names together.
struct Pair: Hashable, Sendable {
    let first: Symbol
    let second: Symbol
}

extension [Symbol] {
    /// Each once: Slurm takes a partition that is named twice.
    @inline(__always)
    func forEachDistinct(_ body: (Symbol) -> Void) {
        for place in indices where place == 0 || !self[..<place].contains(self[place]) { body(self[place]) }
    }
}
