import Metrics
import Slurm

/// Takes an answer piece by piece, up to what there is to judge it by.
final class AnswerReceiver {
    private let feed: Feed
    private let decoder: any AnswerDecoder
    private var received: ReceivedAnswer
    private var beginning: [UInt8] = []
    private(set) var bytes = 0

    /// - Parameter sink: nil where the records don't matter.
    init(_ feed: Feed, status: Int, into sink: (any RecordSink)?) {
        self.feed = feed
        decoder = feed.decoder(into: sink)
        received = ReceivedAnswer(feed: feed, status: status)
    }

    var symbols: Symbols { decoder.symbols }

    /// - Returns: whether there is a reason to read on.
    func take(_ chunk: [UInt8]) -> Bool {
        bytes += chunk.count
        beginning += chunk.prefix(Self.longestText - beginning.count)
        guard received.fault == nil else { return wantsMore }
        do throws(AnswerError) {
            try decoder.consume(chunk)
        } catch {
            received.fault = error
        }
        return received.fault == nil || wantsMore
    }

    /// What is no answer of slurmrestd's is read for its text, and a little longer so that the connection can be kept.
    private var wantsMore: Bool { received.status != 200 && bytes < Self.longestRefusal }

    private static let longestRefusal = 64 << 10

    /// The answer has come to its end, or nobody wants the rest.
    func finish() -> ReceivedAnswer {
        received.text = String(decoding: beginning, as: UTF8.self)
        guard received.fault == nil else { return received }
        do throws(AnswerError) {
            received.answer = try decoder.finish()
        } catch {
            received.fault = error
        }
        return received
    }

    private static let longestText = 200
}
