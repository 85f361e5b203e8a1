import SimulatedCluster

/// A record of `scontrol show reservations`.
struct ShowReservation {
    let report: Report
    let text: RecordText

    func append(_ reservation: Reservation, to buffer: inout [UInt8]) {
        buffer.word("ReservationName=", reservation.name)
        buffer.word(" StartTime=", reservation.start, report.clock)
        buffer.word(" EndTime=", reservation.end, report.clock)
        buffer.word(" Duration=") { $0.append(duration: reservation.end - reservation.start) }
        text.breakLine(&buffer)
        appendNodes(reservation, &buffer)
        if report.release >= .v2511 {
            buffer.append(ascii: "AllowedPartitions=(null) QOS=(null)")
            text.breakLine(&buffer)
        }
        appendOwners(reservation, &buffer)
        buffer.word("MaxStartDelay=") { buffer in
            let delay = reservation.maxStartDelay
            if delay > 0 { buffer.append(duration: delay) } else { buffer.append(ascii: "(null)") }
        }
        text.endRecord(&buffer)
    }

    private func appendNodes(_ reservation: Reservation, _ buffer: inout [UInt8]) {
        let cluster = report.cluster
        let cores = reservation.nodes.reduce(0) {
            $0 + Int(cluster.nodes[$1].cpus) / Int(max(1, cluster.nodes[$1].threadsPerCore))
        }
        buffer.wordOrNull("Nodes=") { cluster.append(hostlist: reservation.nodes, to: &$0) }
        buffer.word(" NodeCnt=", reservation.nodes.count)
        buffer.word(" CoreCnt=", cores)
        buffer.word(" Features=", orNull: reservation.features)
        buffer.word(
            " PartitionName=",
            orNull: reservation.partition.exists ? cluster.partitions[reservation.partition].name : .empty)
        buffer.word(" Flags=") { appendFlags(reservation, &$0) }
        text.breakLine(&buffer)
        buffer.wordOrNull("TRES=") { buffer in
            guard !reservation.nodes.isEmpty else { return }
            buffer.word("cpu=", reservation.nodes.reduce(0) { $0 + Int(cluster.nodes[$1].cpus) })
        }
        text.breakLine(&buffer)
    }

    private func appendFlags(_ reservation: Reservation, _ buffer: inout [UInt8]) {
        buffer.append(Self.flagNames.filter { reservation.flags.contains($0.flag) }) { flag, buffer in
            buffer.append(ascii: flag.name)
            guard flag.flag == .purgeCompleted, let seconds = reservation.purgeAfter else { return }
            buffer.append(UInt8(ascii: "="))
            buffer.append(duration: seconds)
        }
    }

    /// In the order in which scontrol writes them.
    private static let flagNames: [(flag: ReservationFlags, name: StaticString)] = [
        (.maintenance, "MAINT"), (.flex, "FLEX"), (.overlap, "OVERLAP"), (.ignoreJobs, "IGNORE_JOBS"),
        (.daily, "DAILY"), (.weekly, "WEEKLY"), (.specificNodes, "SPEC_NODES"), (.allNodes, "ALL_NODES"),
        (.anyNodes, "ANY_NODES"), (.isStatic, "STATIC"), (.partitionNodes, "PART_NODES"),
        (.purgeCompleted, "PURGE_COMP"), (.magnetic, "MAGNETIC"),
    ]

    private func appendOwners(_ reservation: Reservation, _ buffer: inout [UInt8]) {
        let cluster = report.cluster
        buffer.wordOrNull("Users=") { $0.append(reservation.users) { cluster.append(nameOrNumberOf: $0, to: &$1) } }
        buffer.append(ascii: " Groups=(null)")
        buffer.wordOrNull(" Accounts=") { $0.append(reservation.accounts) { $1.append(cluster.accounts[$0].name) } }
        buffer.wordOrNull(" Licenses=") { cluster.append(reservation.licenses, to: &$0) }
        buffer.word(" State=", fixed: reservation.isNow(cluster.now) ? "ACTIVE" : "INACTIVE")
        buffer.word(" BurstBuffer=", orNull: reservation.burstBuffer)
        if report.release < .v2405 { buffer.append(ascii: " Watts=n/a") }
        text.breakLine(&buffer)
    }
}
