/// Which command's output it is, and how it was asked for.
public enum CommandFormat: Equatable, Sendable {
    case jobs([JobColumn], ColumnMark)
    case nodes, partitions, reservations, licenses, scheduler, controllers, shares
    case accountedJobs([AccountedJobColumn], ColumnMark)
    case associations, qos, clusters, trackedResources, workloadKeys, database
}

/// Reads the output of one command from chunks of any size into a sink, as the readers of slurmrestd's answers do.
///
/// A line that isn't as it should be counts as an oddity of the answer; the others are read all the same.
public final class CommandReader {
    private let output: any ReadOutput

    public init(_ format: CommandFormat, into sink: any RecordSink) {
        output =
            switch format {
            case .jobs(let columns, let mark):
                Output(JobColumns(columns, mark), endingWith: mark.bytes + [UInt8(ascii: "\n")]) { sink.take($0, $1) }
            case .nodes: Output(NodeLine()) { sink.take($0, $1) }
            case .partitions: Output(PartitionLine()) { sink.take($0, $1) }
            case .reservations: Output(ReservationLine()) { sink.take($0, $1) }
            case .licenses: Output(LicenseLine()) { sink.take($0, $1) }
            case .scheduler: Output(SchedulerText()) { sink.take($0, $1) }
            case .controllers: Output(ControllerLine()) { sink.take($0, $1) }
            case .shares: Output(ShareColumns()) { sink.take($0, $1) }
            case .accountedJobs(let columns, let mark):
                Output(AccountedJobColumns(columns, mark), endingWith: mark.bytes + [UInt8(ascii: "\n")]) {
                    sink.take($0, $1)
                }
            case .associations: Output(AssociationColumns()) { sink.take($0, $1) }
            case .qos: Output(QOSColumns()) { sink.take($0, $1) }
            case .clusters: Output(ClusterColumns()) { sink.take($0, $1) }
            case .trackedResources: Output(TrackedResourceColumns()) { sink.take($0, $1) }
            case .workloadKeys: Output(WorkloadKeyColumns()) { sink.take($0, $1) }
            case .database: Output(DatabaseText()) { sink.take($0, $1) }
            }
    }

    public func consume(_ chunk: [UInt8]) throws(AnswerError) { try output.consume(chunk) }

    /// Says that no chunk follows.
    public func finish() throws(AnswerError) -> Answer { try output.finish() }

    /// The names that the records so far share.
    public var symbols: Symbols { output.symbols }
}

private protocol ReadOutput: AnyObject {
    func consume(_ chunk: [UInt8]) throws(AnswerError)
    func finish() throws(AnswerError) -> Answer
    var symbols: Symbols { get }
}

private final class Output<Columns: RecordColumns>: ReadOutput {
    typealias Delivery = (borrowing Columns.Record, borrowing Symbols) -> Void

    private var reader: ColumnReader<Columns>
    private let deliver: Delivery

    init(_ columns: Columns, endingWith terminator: [UInt8] = [UInt8(ascii: "\n")], _ deliver: @escaping Delivery) {
        reader = ColumnReader(columns, endingWith: terminator)
        self.deliver = deliver
    }

    func consume(_ chunk: [UInt8]) throws(AnswerError) { try reader.consume(chunk.span.bytes, deliver) }

    func finish() throws(AnswerError) -> Answer { try reader.finish(deliver) }

    var symbols: Symbols { reader.reading.symbols }
}

extension CommandFormat {
    /// For `sshare --format`.
    public static let shareColumns = ShareColumns.format
    /// For `sacctmgr show … format=`.
    public static let associationColumns = AssociationColumns.format
    public static let qosColumns = QOSColumns.format
    public static let clusterColumns = ClusterColumns.format
    public static let trackedResourceColumns = TrackedResourceColumns.format
    public static let workloadKeyColumns = WorkloadKeyColumns.format
}
