import Metrics
import Slurm

/// Jobs by who they belong to, each once.
struct OwnerJobs: Fold {
    private enum Owner: String {
        case user, account, qos
    }

    private let owner: Owner
    private let excluded: Set<String>
    private var tables: FigureTables<JobSum>
    /// By owner; a user's by account, too.
    private var sums = Groups<Pair, JobSum>()
    private var verdicts: [Symbol: Bool] = [:]

    static func users(_ settings: CollectionSettings.Users) -> OwnerJobs {
        OwnerJobs(.user, settings.excluded)
    }

    static func accounts(_ settings: CollectionSettings.Accounts) -> OwnerJobs {
        OwnerJobs(.account, settings.excluded)
    }

    static func qos() -> OwnerJobs {
        OwnerJobs(.qos, [])
    }

    private init(_ owner: Owner, _ excluded: [String]) {
        self.owner = owner
        self.excluded = Set(excluded)
        let figures =
            switch owner {
            case .user: OwnerFigures.of("user", labels: ["user", "account"]) + [OwnerFigures.statistics]
            case .account: OwnerFigures.of("account", labels: ["account"]) + [OwnerFigures.usage]
            case .qos: OwnerFigures.of("qos", labels: ["qos"])
            }
        tables = FigureTables(figures)
    }

    var families: [MetricFamily] { tables.families }

    mutating func begin(_ context: FoldContext) {
        sums.removeAll()
        verdicts.removeAll()
    }

    mutating func add(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        let name = name(of: job)
        guard excluded.isEmpty || includes(name, symbols) else { return }
        sums.update(Pair(first: name, second: owner == .user ? job.account : .empty)) { $0.add(job) }
    }

    private func name(of job: borrowing JobRecord) -> Symbol {
        switch owner {
        case .user: job.user
        case .account: job.account
        case .qos: job.qos
        }
    }

    private mutating func includes(_ name: Symbol, _ symbols: borrowing Symbols) -> Bool {
        if let verdict = verdicts[name] { return verdict }
        let verdict = !excluded.contains(symbols[name])
        verdicts[name] = verdict
        return verdict
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        var rows: [(labels: [String], subject: JobSum)] = []
        for entry in sums.entries {
            let name = symbols[entry.key.first]
            rows.append((owner == .user ? [name, symbols[entry.key.second]] : [name], entry.content))
        }
        return tables.tables(of: rows, symbols)
    }
}
