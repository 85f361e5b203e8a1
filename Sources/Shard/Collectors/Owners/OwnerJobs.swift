import Metrics
import Slurm

/// Jobs by who they belong to, each once.
struct OwnerJobs: Fold {
    private enum Owner: String {
        case user, account
    }

    private let owner: Owner
    private let excluded: Set<String>
    private var top: TopNames
    private var tables: FigureTables<JobSum>
    /// By owner; a user's by account, too.
    private var sums = Groups<Pair, JobSum>()
    private var verdicts: [Symbol: Bool] = [:]

    static func users(_ settings: CollectionSettings.Users) -> OwnerJobs {
        OwnerJobs(.user, settings.maximum, settings.excluded)
    }

    static func accounts(_ settings: CollectionSettings.Accounts) -> OwnerJobs {
        OwnerJobs(.account, settings.maximum, settings.excluded)
    }

    private init(_ owner: Owner, _ maximum: Int?, _ excluded: [String]) {
        self.owner = owner
        self.excluded = Set(excluded)
        top = TopNames(maximum)
        tables = FigureTables(
            owner == .user
                ? OwnerFigures.of("user", labels: ["user", "account"]) + [OwnerFigures.statistics]
                : OwnerFigures.of("account", labels: ["account"]) + [OwnerFigures.usage])
    }

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        sums.removeAll()
        verdicts.removeAll()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        let name = owner == .user ? job.user : job.account
        guard excluded.isEmpty || includes(name, symbols) else { return }
        sums.update(Pair(first: name, second: owner == .user ? job.account : .empty)) { $0.add(job) }
    }

    private mutating func includes(_ name: Symbol, _ symbols: borrowing Symbols) -> Bool {
        if let verdict = verdicts[name] { return verdict }
        let verdict = !excluded.contains(symbols[name])
        verdicts[name] = verdict
        return verdict
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        guard let kept = top.choose(weights(symbols)) else { return tables.tables(of: rows(symbols), symbols) }
        return tables.tables(of: rows(keeping: kept, symbols), symbols)
    }

    private func labels(_ name: String, _ account: String) -> [String] {
        owner == .user ? [name, account] : [name]
    }

    private func rows(_ symbols: borrowing Symbols) -> [(labels: [String], subtotal: JobSum)] {
        var rows: [(labels: [String], subtotal: JobSum)] = []
        for entry in sums.entries {
            rows.append((labels(symbols[entry.key.first], symbols[entry.key.second]), entry.content))
        }
        return rows
    }

    private func rows(
        keeping kept: Set<String>, _ symbols: borrowing Symbols
    ) -> [(labels: [String], subtotal: JobSum)] {
        var sums: [[String]: JobSum] = [:]
        for row in rows(symbols) {
            let name = kept.contains(row.labels[0]) ? row.labels[0] : TopNames.other
            sums[[name] + row.labels.dropFirst(), default: JobSum()].add(row.subtotal)
        }
        return sums.map { (labels: $0.key, subtotal: $0.value) }
    }

    private func weights(_ symbols: borrowing Symbols) -> [String: Int] {
        var weights: [String: Int] = [:]
        for entry in sums.entries {
            let name = symbols[entry.key.first]
            weights[name] = Sum.adding(weights[name] ?? 0, entry.content.cpus)
        }
        return weights
    }
}

extension JobSum {
    /// What jobs have and ask for: how much their owner matters.
    fileprivate var cpus: Int { Sum.adding(allocated(\.cpus) ?? 0, requested(\.cpus) ?? 0) }
}
