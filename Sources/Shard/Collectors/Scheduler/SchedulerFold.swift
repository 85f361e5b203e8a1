import Metrics
import Slurm

/// slurmctld's own figures, as Slurm gives them: what a version doesn't have is absent.
struct SchedulerFold: Fold {
    private static let single: [MetricFamily] = SchedulerFigure.all.reduce(into: []) { families, figure in
        if families.last != figure.family { families.append(figure.family) }
    }

    private var record: SchedulerRecord?

    var families: [MetricFamily] { Self.single + SchedulerFigure.durations.map(\.family) + SchedulerCalls.families }

    mutating func begin(_ context: FoldContext) {
        record = nil
    }

    mutating func add(_ record: borrowing SchedulerRecord, _ symbols: borrowing Symbols) {
        self.record = copy record
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        guard let record else { return families.map { SeriesTable($0) } }
        return Self.single.map { single($0, record) } + durations(record) + SchedulerCalls.tables(record)
    }

    private func single(_ family: MetricFamily, _ record: SchedulerRecord) -> SeriesTable {
        var table = SeriesTable(family)
        for figure in SchedulerFigure.all where figure.family.name == family.name {
            guard let number = record.figures[figure.key] else { continue }
            let row = table.row(figure.labels)
            table.set(number / figure.divisor, at: row)
            if figure.resetsDaily, let reset = record.figures["req_time_start"] { table.setCreated(reset, at: row) }
        }
        return table
    }

    private func durations(_ record: SchedulerRecord) -> [SeriesTable] {
        SchedulerFigure.durations.map { duration in
            var table = SeriesTable(duration.family)
            if let sum = record.figures[duration.sum], let count = record.figures[duration.count] {
                let row = table.row()
                table.setCells([sum / 1e6, count], at: row)
                if let reset = record.figures["req_time_start"] { table.setCreated(reset, at: row) }
            }
            return table
        }
    }
}
