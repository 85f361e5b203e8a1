import Metrics
import Slurm

/// Reads one answer, whatever its feed.
protocol AnswerDecoder: AnyObject {
    func consume(_ chunk: [UInt8]) throws(AnswerError)

    /// Says that no chunk follows.
    func finish() throws(AnswerError) -> Answer

    var symbols: Symbols { get }
}

private final class ReaderDecoder<Reader: RecordReader>: AnswerDecoder {
    typealias Delivery = (borrowing Reader.Record, borrowing Symbols) -> Void

    private var reader = Reader()
    private let deliver: Delivery

    init(_: Reader.Type, _ deliver: @escaping Delivery) {
        self.deliver = deliver
    }

    func consume(_ chunk: [UInt8]) throws(AnswerError) {
        try reader.consume(chunk.span.bytes, deliver)
    }

    func finish() throws(AnswerError) -> Answer { try reader.finish() }

    var symbols: Symbols { reader.symbols }
}

extension Feed {
    /// Reads an answer into a sink; without one just what stands around the records.
    func decoder(into sink: (any RecordSink)?) -> any AnswerDecoder {
        guard let sink else { return ReaderDecoder(ControllersReader.self) { _, _ in } }
        return switch self {
        case .jobs: ReaderDecoder(JobsReader.self) { sink.take($0, $1) }
        case .nodes: ReaderDecoder(NodesReader.self) { sink.take($0, $1) }
        case .partitions: ReaderDecoder(PartitionsReader.self) { sink.take($0, $1) }
        case .reservations: ReaderDecoder(ReservationsReader.self) { sink.take($0, $1) }
        case .licenses: ReaderDecoder(LicensesReader.self) { sink.take($0, $1) }
        case .diag: ReaderDecoder(SchedulerReader.self) { sink.take($0, $1) }
        case .ping: ReaderDecoder(ControllersReader.self) { sink.take($0, $1) }
        case .shares: ReaderDecoder(SharesReader.self) { sink.take($0, $1) }
        case .accounting: ReaderDecoder(AccountedJobsReader.self) { sink.take($0, $1) }
        case .associations: ReaderDecoder(AssociationsReader.self) { sink.take($0, $1) }
        case .qos: ReaderDecoder(QOSReader.self) { sink.take($0, $1) }
        case .dbd: ReaderDecoder(DatabaseReader.self) { sink.take($0, $1) }
        case .clusters: ReaderDecoder(ClustersReader.self) { sink.take($0, $1) }
        case .tres: ReaderDecoder(TrackedResourcesReader.self) { sink.take($0, $1) }
        case .wckeys: ReaderDecoder(WorkloadKeysReader.self) { sink.take($0, $1) }
        }
    }
}
