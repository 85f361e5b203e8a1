import Metrics
import Slurm

/// Fair share, and what counts towards it.
struct Fairshare: Fold {
    private let excluded: ExcludedOwners
    private var accounts = FigureTables<ShareRecord>(
        FairshareFigures.of("account", labels: ["account"]) + FairshareFigures.quota)
    private var users = FigureTables<ShareRecord>(
        [FairshareFigures.user] + FairshareFigures.of("user", labels: FairshareFigures.userLabels))
    private var use = FigureTables<ShareRecord>(FairshareFigures.use)
    private var best = BestFactors()

    init(_ excluded: ExcludedOwners) {
        self.excluded = excluded
    }

    var families: [MetricFamily] {
        accounts.families + [FairshareFigures.account] + users.families + use.families
    }

    mutating func begin(_ context: FoldContext) {
        accounts.begin()
        users.begin()
        use.begin()
        best = BestFactors()
    }

    mutating func add(_ share: borrowing ShareRecord, _ symbols: borrowing Symbols) {
        best.add(share)
        guard !excluded.contains(user: share.user, account: share.account, symbols) else { return }
        let names = [symbols[share.account], symbols[share.user], symbols[share.partition]]
        if share.user.isEmpty {
            accounts.add(share, labels: [names[0]], symbols)
        } else {
            users.add(share, labels: names, symbols)
        }
        use.add(share, labels: names, symbols)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var factors = SeriesTable(FairshareFigures.account)
        for (account, factor) in best.byAccount
        where !excluded.contains(user: .empty, account: account, symbols) {
            let row = factors.row(symbols[account])
            factors.set(factor, at: row)
        }
        factors.settle()
        return accounts.end() + [factors] + users.end() + use.end()
    }
}

/// The best factor of the users in an account and below it.
private struct BestFactors: Sendable {
    private var parents: [Symbol: Symbol] = [:]
    private var own: [Symbol: Double] = [:]

    mutating func add(_ share: borrowing ShareRecord) {
        if share.user.isEmpty {
            parents[share.account] = share.parent
        } else if let factor = share.factor {
            own[share.account] = max(factor, own[share.account] ?? factor)
        }
    }

    var byAccount: [Symbol: Double] {
        var best = own
        for (account, factor) in own {
            var account = account
            // No tree is deeper than it has accounts: one that is would be a circle.
            for _ in 0..<parents.count {
                guard let parent = parents[account], !parent.isEmpty else { break }
                best[parent] = max(factor, best[parent] ?? factor)
                account = parent
            }
        }
        return best
    }
}
