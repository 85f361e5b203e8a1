public import Slurm

/// Takes the records of a generation as they come, and makes bytes of them.
///
/// A shell round the writer, which is a value: a record is one access to it, checked once, where parts of a class would be
/// checked at each field.
///
/// Unchecked, because one generation at a time is lent to it.
public final class GenerationEncoder: RecordSink, @unchecked Sendable {
    private var writer: GenerationWriter

    /// - Parameter expectedBytes: about how many there will be, as far as that is known.
    public init(expectedBytes: Int = 0) {
        writer = GenerationWriter(expectedBytes: expectedBytes)
    }

    /// The generation, once all its records were taken.
    public func finish(_ header: FeedHeader) -> EncodedGeneration { writer.finish(header) }

    private func add(
        _ partitions: [Symbol]?, _ symbols: borrowing Symbols,
        _ carry: (inout FieldWriter) throws(RecordFormatError) -> Void
    ) {
        writer.add(partitions, symbols, carry)
    }
}

extension GenerationEncoder {
    public func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) {
        var job = copy job
        add(job.partitions, symbols) { writer throws(RecordFormatError) in try writer.carry(&job) }
    }

    public func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) {
        var node = copy node
        add(node.partitions, symbols) { writer throws(RecordFormatError) in try writer.carry(&node) }
    }

    /// For everybody: who splits by partition has to know them all.
    public func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) {
        var partition = copy partition
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&partition) }
    }

    public func take(_ reservation: borrowing ReservationRecord, _ symbols: borrowing Symbols) {
        var reservation = copy reservation
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&reservation) }
    }

    public func take(_ license: borrowing LicenseRecord, _ symbols: borrowing Symbols) {
        var license = copy license
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&license) }
    }

    public func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols) {
        var controller = copy controller
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&controller) }
    }

    public func take(_ scheduler: borrowing SchedulerRecord, _ symbols: borrowing Symbols) {
        var scheduler = copy scheduler
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&scheduler) }
    }

    public func take(_ share: borrowing ShareRecord, _ symbols: borrowing Symbols) {
        var share = copy share
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&share) }
    }

    public func take(_ job: borrowing AccountedJobRecord, _ symbols: borrowing Symbols) {
        var job = copy job
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&job) }
    }

    public func take(_ association: borrowing AssociationRecord, _ symbols: borrowing Symbols) {
        var association = copy association
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&association) }
    }

    public func take(_ qos: borrowing QOSRecord, _ symbols: borrowing Symbols) {
        var qos = copy qos
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&qos) }
    }

    public func take(_ database: borrowing DatabaseRecord, _ symbols: borrowing Symbols) {
        var database = copy database
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&database) }
    }

    public func take(_ cluster: borrowing ClusterRecord, _ symbols: borrowing Symbols) {
        var cluster = copy cluster
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&cluster) }
    }

    public func take(_ resource: borrowing TrackedResourceRecord, _ symbols: borrowing Symbols) {
        var resource = copy resource
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&resource) }
    }

    public func take(_ key: borrowing WorkloadKeyRecord, _ symbols: borrowing Symbols) {
        var key = copy key
        add(nil, symbols) { writer throws(RecordFormatError) in try writer.carry(&key) }
    }
}
