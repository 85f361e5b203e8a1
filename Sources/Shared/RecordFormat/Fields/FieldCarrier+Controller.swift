import Slurm

extension FieldCarrier where Self: ~Copyable {
    mutating func carry(_ reservation: inout ReservationRecord) throws(RecordFormatError) {
        try carry(&reservation.name)
        try carry(&reservation.start)
        try carry(&reservation.end)
        try carry(&reservation.nodes)
        try carry(&reservation.cores)
        try carry(&reservation.resources)
        try carry(&reservation.partition)
        try carry(&reservation.users)
        try carry(&reservation.accounts)
        try carry(&reservation.flags)
    }

    mutating func carry(_ license: inout LicenseRecord) throws(RecordFormatError) {
        try carry(&license.name)
        try carry(&license.total)
        try carry(&license.used)
        try carry(&license.free)
        try carry(&license.reserved)
        try carry(&license.isRemote)
        try carry(&license.lastConsumed)
        try carry(&license.lastDeficit)
        try carry(&license.lastUpdated)
    }

    mutating func carry(_ controller: inout ControllerRecord) throws(RecordFormatError) {
        try carry(&controller.host)
        try carry(&controller.role)
        try carry(&controller.isUp)
        try carry(&controller.latencySeconds)
    }

    mutating func carry(_ share: inout ShareRecord) throws(RecordFormatError) {
        try carry(&share.cluster)
        try carry(&share.account)
        try carry(&share.user)
        try carry(&share.partition)
        try carry(&share.parent)
        try carry(&share.shares)
        try carry(&share.normalizedShares)
        try carry(&share.usageSeconds)
        try carry(&share.normalizedUsage)
        try carry(&share.effectiveUsage)
        try carry(&share.factor)
        try carry(&share.level)
        try carry(&share.usedSeconds)
        try carry(&share.runningSeconds)
        try carry(&share.limitMinutes)
    }

    mutating func carry(_ scheduler: inout SchedulerRecord) throws(RecordFormatError) {
        var figures = scheduler.figures.map { Figure(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
        try carry(&figures, blank: Figure()) { figure, carrier throws(RecordFormatError) in
            try carrier.carry(&figure.name)
            try carrier.carry(&figure.value)
        }
        scheduler.figures = Dictionary(figures.map { ($0.name, $0.value) }) { $1 }
        try carry(&scheduler.callsByType)
        try carry(&scheduler.callsByUser)
        try carry(&scheduler.pendingCalls, blank: (type: "", count: 0)) { pending, carrier throws(RecordFormatError) in
            try carrier.carry(&pending.type)
            try carrier.carry(&pending.count)
        }
    }
}

private struct Figure {
    var name = ""
    var value = 0.0
}
