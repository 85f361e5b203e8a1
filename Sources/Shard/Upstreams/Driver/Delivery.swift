import Metrics
import Slurm

/// Brings the records of one answer to the consumer: what it began is ended or fails, once.
final class Delivery {
    private let feed: Feed
    private let consumer: any GenerationConsumer
    private let expectedTime: Timestamp
    private var sink: (any RecordSink)?
    private(set) var observer: ObservingSink?

    init(_ feed: Feed, to consumer: any GenerationConsumer, expectedTime: Timestamp) {
        self.feed = feed
        self.consumer = consumer
        self.expectedTime = expectedTime
    }

    /// - Returns: where the records go; nil for an answer that can't have any.
    func begin(status: Int) -> (any RecordSink)? {
        guard status == 200 || status == 500 else { return nil }
        let sink = begun()
        guard feed == .diag || feed == .ping else { return sink }
        observer = ObservingSink(sink)
        return observer
    }

    func end(_ answer: Answered) async {
        await consumer.end(feed, begun(), answer)
    }

    func fail(_ error: UpstreamError, after duration: Duration) {
        consumer.fail(feed, sink, error, after: duration)
    }

    private func begun() -> any RecordSink {
        if let sink { return sink }
        let fresh = consumer.begin(feed, expectedTime: expectedTime)
        sink = fresh
        return fresh
    }
}
