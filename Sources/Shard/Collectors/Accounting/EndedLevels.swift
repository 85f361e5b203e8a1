import Metrics
import Slurm

/// How far the counters of ended jobs have counted.
struct EndedLevels: Sendable {
    private let figures: [Figure<EndedRun>]
    private(set) var tables: [SeriesTable]

    init(_ figures: [Figure<EndedRun>]) {
        self.figures = figures
        tables = figures.map { SeriesTable($0.family) }
    }

    var families: [MetricFamily] { figures.map(\.family) }

    /// - Parameter since: when counting began.
    mutating func add(_ run: EndedRun, _ symbols: borrowing Symbols, since: Timestamp) {
        for (place, figure) in figures.enumerated() {
            guard case .breakdown(let breakdown) = figure.statement else { continue }
            for share in breakdown(run, symbols) { add(share, at: place, since) }
        }
    }

    private mutating func add(_ share: Share, at place: Int, _ since: Timestamp) {
        let row = tables[place].row(share.labels)
        switch tables[place].family.type {
        case .histogram: tables[place].observe(share.number, at: row)
        default: tables[place].add(share.number, at: row)
        }
        tables[place].setCreated(Double(since.seconds), at: row)
    }

    /// The generation is complete. Each state has a number, so that its first job is seen as an increase.
    mutating func settle(since: Timestamp) {
        for place in tables.indices {
            if tables[place].family.name == "slurm_accounting_jobs_total" {
                for state in Self.endings { add(Share(state, number: 0), at: place, since) }
            }
            tables[place].settle()
        }
    }

    private static let endings = JobState.Base.allCases.filter { JobState($0).hasEnded }.map(\.rawValue)

    /// Takes over what another process counted. What it didn't count, or counted otherwise, begins now.
    mutating func restore(_ levels: [SeriesTable]) {
        for place in tables.indices { tables[place] = tables[place].restored(from: levels) }
    }
}
