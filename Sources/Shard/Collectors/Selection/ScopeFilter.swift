import Slurm

/// A scope that remembers what it said of a partition.
struct ScopeFilter: Sendable {
    private var scope = Scope.whole
    private var verdicts: [Symbol: Bool] = [:]

    mutating func begin(_ context: FoldContext) {
        scope = context.scope
        verdicts.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    mutating func covers(_ partition: Symbol, _ symbols: borrowing Symbols) -> Bool {
        scope == .whole ? true : verdict(partition, symbols)
    }

    private mutating func verdict(_ partition: Symbol, _ symbols: borrowing Symbols) -> Bool {
        if let verdict = verdicts[partition] { return verdict }
        let verdict = scope.covers(symbols[partition])
        verdicts[partition] = verdict
        return verdict
    }
}
