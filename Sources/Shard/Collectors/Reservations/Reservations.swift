import Metrics
import Slurm

/// Reservations, each by itself, and what they hold together.
struct Reservations: Fold {
    private var each = FigureTables<ReservationMoment>(ReservationFigures.all)
    /// Whether they are active is known at the end, when the time is.
    private var reservations: [ReservationRecord] = []

    var families: [MetricFamily] { each.families + [ReservationFigures.cpus] }

    mutating func begin(_ context: FoldContext) {
        reservations.removeAll(keepingCapacity: true)
    }

    mutating func add(_ reservation: borrowing ReservationRecord, _ symbols: borrowing Symbols) {
        reservations.append(copy reservation)
    }

    mutating func end(_ symbols: borrowing Symbols, at time: Timestamp) -> [SeriesTable] {
        each.begin()
        var cpus = 0
        for reservation in reservations {
            let moment = ReservationMoment(reservation: reservation, time: time)
            each.add(moment, labels: [symbols[reservation.name]], symbols)
            if moment.isActive { cpus.add(saturating: reservation.resources.cpus ?? 0) }
        }
        var total = SeriesTable(ReservationFigures.cpus)
        let row = total.row()
        total.set(Double(cpus), at: row)
        total.settle()
        return each.end() + [total]
    }
}
