/// Takes the records of one generation, one after another.
///
/// A record is only lent: whoever wants to keep something of it copies that.
public protocol RecordSink: AnyObject {
    func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols)
    func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols)
    func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols)
    func take(_ controller: ControllerRecord)
    func take(_ scheduler: SchedulerRecord)
}

extension RecordSink {
    public func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {}
    public func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {}
    public func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {}
    public func take(_ controller: ControllerRecord) {}
    public func take(_ scheduler: SchedulerRecord) {}
}
