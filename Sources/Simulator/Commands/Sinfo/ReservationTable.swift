import SimulatedCluster

extension Sinfo {
    /// `sinfo -T`
    func printReservations(_ session: inout Session) {
        let report = session.report
        let reservations = report.cluster.reservations.filter(\.exists)
        let width = hasHeader ? reservations.reduce(9) { max($0, $1.name.bytes.count) } : 9
        if hasHeader {
            session.output.bytes.append(
                cells: [
                    (Array("RESV_NAME".utf8), -width), (Array("STATE".utf8), 8), (Array("START_TIME".utf8), 19),
                    (Array("END_TIME".utf8), 19), (Array("DURATION".utf8), 11), (Array("NODELIST".utf8), 0),
                ])
            session.output.endLine()
        }
        for reservation in reservations {
            session.output.bytes.append(cells: cells(of: reservation, report, nameWidth: width))
            session.output.endLine()
        }
    }

    private func cells(of reservation: Reservation, _ report: Report, nameWidth: Int) -> [([UInt8], Int)] {
        let state = reservation.isNow(report.cluster.now) ? "ACTIVE" : "INACTIVE"
        return [
            (reservation.name.bytes, -nameWidth), (Array(state.utf8), 8),
            (text { report.clock.append(reservation.start, to: &$0) }, 19),
            (text { report.clock.append(reservation.end, to: &$0) }, 19),
            (text { $0.append(duration: reservation.end - reservation.start) }, 11),
            (
                text { buffer in buffer.append(orNull: { report.cluster.append(hostlist: reservation.nodes, to: &$0) })
                }, 0
            ),
        ]
    }

    private func text(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
        var buffer: [UInt8] = []
        write(&buffer)
        return buffer
    }
}

extension Reservation {
    /// As the commands see it, for which the last second is one of it.
    func isNow(_ now: Timestamp) -> Bool { start <= now && now <= end }
}

extension [UInt8] {
    /// Appends cells padded to their widths, those below zero on the right, with two blanks between them.
    fileprivate mutating func append(cells: [([UInt8], Int)]) {
        for (index, (text, width)) in cells.enumerated() {
            if index > 0 { append(contentsOf: [0x20, 0x20]) }
            let padding = repeatElement(UInt8(ascii: " "), count: Swift.max(0, abs(width) - text.count))
            if width > 0 { append(contentsOf: padding) }
            append(contentsOf: text)
            if width < 0 { append(contentsOf: padding) }
        }
    }
}
