import SimulatedCluster

/// The tables of calls that a daemon has answered, as sdiag and `sacctmgr show stats` write them.
struct CallTables {
    let report: Report
    let order: Sdiag.Order

    func append(to stream: inout Stream) {
        let figures = report.cluster.statistics
        stream.print()
        stream.print("Remote Procedure Call statistics by message type")
        append(types: figures.callsByType, nameWidth: 40, to: &stream)
        if figures.callsByType.isEmpty, report.release >= .v2405 { stream.print("\tNo RPCs recorded yet.") }
        stream.print()
        stream.print("Remote Procedure Call statistics by user")
        append(users: figures.callsByUser, nameWidth: 16, idWidth: 8, to: &stream)
        stream.print()
        stream.print("Pending RPC statistics")
        if figures.waitingCalls.isEmpty { stream.print("\tNo pending RPCs") }
        for call in figures.waitingCalls {
            stream.appendCall(call.type.bytes, width: 40, id: call.id, idWidth: 5, count: call.count)
            stream.endLine()
        }
    }

    func append(types: [CallsByType], nameWidth: Int, to stream: inout Stream) {
        for call in types.sorted(by: { rank($0) < rank($1) }) {
            stream.appendCall(call.type.bytes, width: nameWidth, id: call.id, idWidth: 5, count: call.count)
            stream.appendTimes(average: call.averageTime, total: call.totalTime)
        }
    }

    func append(users: [CallsByUser], nameWidth: Int, idWidth: Int, to stream: inout Stream) {
        for call in users.sorted(by: { rank($0) < rank($1) }) {
            var name: [UInt8] = []
            report.cluster.append(nameOrNumberOf: call.user, to: &name)
            let uid = Int(report.cluster.users[call.user].uid)
            stream.appendCall(name, width: nameWidth, id: uid, idWidth: idWidth, count: call.count)
            stream.appendTimes(average: call.averageTime, total: call.totalTime)
        }
    }

    private func rank(_ call: CallsByType) -> Int {
        switch order {
        case .count: -call.count
        case .id: call.id
        case .time: -call.totalTime
        case .average: -call.averageTime
        }
    }

    private func rank(_ call: CallsByUser) -> Int {
        switch order {
        case .count: -call.count
        case .id: Int(report.cluster.users[call.user].uid)
        case .time: -call.totalTime
        case .average: -call.averageTime
        }
    }

}

extension Stream {
    fileprivate mutating func appendCall(_ name: [UInt8], width: Int, id: Int, idWidth: Int, count: Int) {
        bytes.append(UInt8(ascii: "\t"))
        bytes.append(contentsOf: name)
        pad(width - name.count)
        bytes.append(UInt8(ascii: "("))
        pad(idWidth - "\(id)".utf8.count)
        bytes.append(decimal: id)
        bytes.append(ascii: ") count:")
        append(count, paddedTo: 6)
    }

    fileprivate mutating func appendTimes(average: Int, total: Int) {
        bytes.append(ascii: " ave_time:")
        append(average, paddedTo: 6)
        bytes.append(ascii: " total_time:")
        bytes.append(decimal: total)
        endLine()
    }

    private mutating func append(_ number: Int, paddedTo width: Int) {
        bytes.append(decimal: number)
        pad(width - "\(number)".utf8.count)
    }

    private mutating func pad(_ count: Int) {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, count)))
    }
}
