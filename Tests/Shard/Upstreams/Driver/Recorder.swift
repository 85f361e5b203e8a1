import Locks
import Metrics
import Slurm
import Upstreams

/// A consumer that remembers what it was told.
final class Recorder: GenerationConsumer {
    enum Event: Sendable {
        case began(Feed, expected: Timestamp)
        case ended(Answered, taken: Int)
        case failed(Feed, UpstreamError, afterBeginning: Bool)
    }

    private let recorded = Locked<[Event]>([])

    var events: [Event] { recorded.withLock { $0 } }

    func begin(_ feed: Feed, expectedTime: Timestamp) -> any RecordSink {
        recorded.withLock { $0.append(.began(feed, expected: expectedTime)) }
        return CountingSink()
    }

    func end(_ feed: Feed, _ sink: any RecordSink, _ answer: Answered) {
        let taken = (sink as? CountingSink)?.count ?? -1
        recorded.withLock { $0.append(.ended(answer, taken: taken)) }
    }

    func fail(_ feed: Feed, _ sink: (any RecordSink)?, _ error: UpstreamError, after duration: Duration) {
        let hasBegun = sink != nil
        recorded.withLock { $0.append(.failed(feed, error, afterBeginning: hasBegun)) }
    }

    var answers: [Answered] {
        events.compactMap { if case .ended(let answer, _) = $0 { answer } else { nil } }
    }

    func answers(_ feed: Feed) -> [Answered] { answers.filter { $0.feed == feed } }

    /// Without those for the end of the test.
    var errors: [UpstreamError] {
        events.compactMap { if case .failed(_, let error, _) = $0, error.kind != .cancelled { error } else { nil } }
    }

    func labels(_ feed: Feed) -> [String] {
        events.compactMap {
            if case .failed(feed, let error, _) = $0, error.kind != .cancelled { error.label } else { nil }
        }
    }
}

final class CountingSink: RecordSink {
    private(set) var count = 0

    func take(_ job: borrowing JobRecord, _ symbols: borrowing Symbols) { count += 1 }
    func take(_ node: borrowing NodeRecord, _ symbols: borrowing Symbols) { count += 1 }
    func take(_ partition: borrowing PartitionRecord, _ symbols: borrowing Symbols) { count += 1 }
    func take(_ controller: borrowing ControllerRecord, _ symbols: borrowing Symbols) { count += 1 }
    func take(_ scheduler: borrowing SchedulerRecord, _ symbols: borrowing Symbols) { count += 1 }
}
