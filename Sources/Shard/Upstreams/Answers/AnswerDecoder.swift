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
    /// Those whose answers can be read.
    static let readable: Set<Feed> = [.jobs, .nodes, .partitions, .diag, .ping]

    /// Reads an answer into a sink; without one, or where only what stands around the records can be read, just that.
    func decoder(into sink: (any RecordSink)?) -> any AnswerDecoder {
        guard let sink else { return ReaderDecoder(ControllersReader.self) { _, _ in } }
        return switch self {
        case .jobs: ReaderDecoder(JobsReader.self) { sink.take($0, $1) }
        case .nodes: ReaderDecoder(NodesReader.self) { sink.take($0, $1) }
        case .partitions: ReaderDecoder(PartitionsReader.self) { sink.take($0, $1) }
        case .diag: ReaderDecoder(SchedulerReader.self) { record, _ in sink.take(copy record) }
        case .ping: ReaderDecoder(ControllersReader.self) { record, _ in sink.take(copy record) }
        default: ReaderDecoder(ControllersReader.self) { _, _ in }
        }
    }
}
