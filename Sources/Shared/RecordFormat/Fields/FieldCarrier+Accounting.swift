import Slurm

extension FieldCarrier where Self: ~Copyable {
    mutating func carry(_ association: inout AssociationRecord) throws(RecordFormatError) {
        try carry(&association.cluster)
        try carry(&association.account)
        try carry(&association.user)
        try carry(&association.partition)
        try carry(&association.parent)
        try carry(&association.isDefault)
        try carry(&association.shares)
        try carry(&association.limits)
    }

    mutating func carry(_ qos: inout QOSRecord) throws(RecordFormatError) {
        try carry(&qos.name)
        try carry(&qos.id)
        try carry(&qos.description)
        try carry(&qos.priority)
        try carry(&qos.flags)
        try carry(&qos.preempts)
        try carry(&qos.preemptModes)
        try carry(&qos.graceSeconds)
        try carry(&qos.usageFactor)
        try carry(&qos.limits)
    }

    mutating func carry(_ database: inout DatabaseRecord) throws(RecordFormatError) {
        try carry(&database.since)
        try carry(&database.rollups, blank: DatabaseRecord.Rollup(period: .hourly)) {
            rollup, carrier throws(RecordFormatError) in
            try carrier.carry(&rollup.period)
            try carrier.carry(&rollup.count)
            try carrier.carry(&rollup.lastRun)
            try carrier.carry(&rollup.lastMicroseconds)
            try carrier.carry(&rollup.maximumMicroseconds)
            try carrier.carry(&rollup.totalMicroseconds)
        }
        try carry(&database.callsByType)
        try carry(&database.callsByUser)
    }

    mutating func carry(_ cluster: inout ClusterRecord) throws(RecordFormatError) {
        try carry(&cluster.name)
        try carry(&cluster.controllerHost)
        try carry(&cluster.controllerPort)
        try carry(&cluster.protocolVersion)
        try carry(&cluster.selectPlugin)
        try carry(&cluster.flags)
        try carry(&cluster.configured)
    }

    mutating func carry(_ resource: inout TrackedResourceRecord) throws(RecordFormatError) {
        try carry(&resource.id)
        try carry(&resource.type)
        try carry(&resource.name)
    }

    mutating func carry(_ key: inout WorkloadKeyRecord) throws(RecordFormatError) {
        try carry(&key.id)
        try carry(&key.name)
        try carry(&key.user)
        try carry(&key.cluster)
    }
}
