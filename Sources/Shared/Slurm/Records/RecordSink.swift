/// Takes the records of one generation, one after another.
///
/// A record is only lent: whoever wants to keep something of it copies that.
public protocol RecordSink: AnyObject {
    func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols)
    func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols)
    func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols)
    func take(_ reservation: borrowing ReservationRecord, _ symbols: borrowing Symbols)
    func take(_ license: borrowing LicenseRecord, _ symbols: borrowing Symbols)
    func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols)
    func take(_ scheduler: borrowing SchedulerRecord, _ symbols: borrowing Symbols)
    func take(_ share: borrowing ShareRecord, _ symbols: borrowing Symbols)
    func take(_ job: borrowing AccountedJobRecord, _ symbols: borrowing Symbols)
    func take(_ association: borrowing AssociationRecord, _ symbols: borrowing Symbols)
    func take(_ qos: borrowing QOSRecord, _ symbols: borrowing Symbols)
    func take(_ database: borrowing DatabaseRecord, _ symbols: borrowing Symbols)
    func take(_ cluster: borrowing ClusterRecord, _ symbols: borrowing Symbols)
    func take(_ resource: borrowing TrackedResourceRecord, _ symbols: borrowing Symbols)
    func take(_ key: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols)
}

extension RecordSink {
    public func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {}
    public func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {}
    public func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {}
    public func take(_ reservation: borrowing ReservationRecord, _ symbols: borrowing Symbols) {}
    public func take(_ license: borrowing LicenseRecord, _ symbols: borrowing Symbols) {}
    public func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols) {}
    public func take(_ scheduler: borrowing SchedulerRecord, _ symbols: borrowing Symbols) {}
    public func take(_ share: borrowing ShareRecord, _ symbols: borrowing Symbols) {}
    public func take(_ job: borrowing AccountedJobRecord, _ symbols: borrowing Symbols) {}
    public func take(_ association: borrowing AssociationRecord, _ symbols: borrowing Symbols) {}
    public func take(_ qos: borrowing QOSRecord, _ symbols: borrowing Symbols) {}
    public func take(_ database: borrowing DatabaseRecord, _ symbols: borrowing Symbols) {}
    public func take(_ cluster: borrowing ClusterRecord, _ symbols: borrowing Symbols) {}
    public func take(_ resource: borrowing TrackedResourceRecord, _ symbols: borrowing Symbols) {}
    public func take(_ key: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols) {}
}
