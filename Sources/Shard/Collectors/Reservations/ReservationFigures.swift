import Metrics
import Slurm

/// A reservation at a moment: whether it is active is a matter of the time.
struct ReservationMoment: Sendable {
    let reservation: ReservationRecord
    let time: Timestamp

    var isActive: Bool { reservation.isActive(at: time) }

    /// As scontrol says it.
    var state: String { isActive ? "active" : "inactive" }

    var durationSeconds: Int? {
        guard let start = reservation.start, let end = reservation.end else { return nil }
        return Int(max(0, end.since(start)))
    }

    var remainingSeconds: Int? {
        guard isActive, let end = reservation.end else { return nil }
        return Int(end.since(time))
    }
}

/// What is said of each reservation.
enum ReservationFigures {
    private static let declare = FamilyGroup(labels: ["reservation"], merge: .replica, feed: .reservations)

    static let all = facts + moments + sizes

    private static let facts: [Figure<ReservationMoment>] = [
        Figure(
            declare.info(
                "slurm_reservation_info",
                "What a reservation is, whom it is for, and whether it is active or inactive, as scontrol says.",
                by: ["state", "partition", "users", "accounts", "flags"])
        ) { moment, symbols in
            func list(_ names: [Symbol]) -> String { names.map { symbols[$0] }.joined(separator: ",") }
            let reservation = moment.reservation
            return [
                Share(
                    moment.state, symbols[reservation.partition], list(reservation.users), list(reservation.accounts),
                    list(reservation.flags), number: 1)
            ]
        },
        Figure(
            declare.gauge(
                "slurm_reservation_state", "1 for the state that a reservation is in: active or inactive.",
                by: ["state"])
        ) { moment, _ in [Share(moment.state, number: 1)] },
    ]

    private static let moments: [Figure<ReservationMoment>] = [
        Figure(
            moment: declare.gauge(
                "slurm_reservation_start_time_seconds", "When a reservation begins, in seconds since 1970.",
                unit: "seconds")
        ) { $0.reservation.start },
        Figure(
            moment: declare.gauge(
                "slurm_reservation_end_time_seconds", "When a reservation ends, in seconds since 1970.",
                unit: "seconds")
        ) { $0.reservation.end },
        Figure(
            whole: declare.gauge(
                "slurm_reservation_duration_seconds", "From a reservation's begin to its end.", unit: "seconds")
        ) { $0.durationSeconds },
        Figure(
            whole: declare.gauge(
                "slurm_reservation_remaining_seconds",
                "How long an active reservation goes on, by Slurm's clock; absent for one that isn't active.",
                unit: "seconds")
        ) { $0.remainingSeconds },
    ]

    private static let sizes: [Figure<ReservationMoment>] = [
        Figure(whole: declare.gauge("slurm_reservation_nodes", "Nodes of a reservation.")) { $0.reservation.nodes },
        Figure(whole: declare.gauge("slurm_reservation_cores", "Cores of a reservation.")) { $0.reservation.cores },
        Figure(
            declare.gauge(
                "slurm_reservation_tres",
                "What a reservation has by kind of resource, memory in bytes; Slurm says it of CPUs, and of what else it"
                    + " was asked for.",
                by: ["tres"])
        ) { $0.reservation.resources.amounts($1) },
    ]

    static let cpus = FamilyGroup(merge: .replica, feed: .reservations).gauge(
        "slurm_reservation_cpus",
        "CPUs of all active reservations together: beside slurm_cluster_cpus_total the share of the cluster that is"
            + " reserved now. Those of reservations that overlap count in each. slurm_reservation_tres has each one's.")
}
