import Collectors
import Locks
import Metrics
import RecordFormat
import ServiceRuntime
import Slurm
import Upstreams

/// Hands what one cluster's upstream reads to everybody who counts some of it: collections of this process, and readers
/// on other shards, for whom the newest generation is kept encoded.
final class ClusterHub: GenerationConsumer {
    /// The newest generation of a feed for readers elsewhere.
    struct Encoded: Sendable {
        let generation: EncodedGeneration
        let taken: MonotonicClock.Instant
    }

    /// The last attempt that gave nothing.
    struct Failure: Sendable {
        var count = 0
        var failure = FeedFailure(error: "")
    }

    private let state: Locked<State>

    private struct State: Sendable {
        /// As configured, or as Slurm says.
        var name: String
        var release = ""
        var partitions: [String] = []
        var collections: [ClusterCollection]
        /// Feeds that are read elsewhere.
        var remoteFeeds: Set<Feed> = []
        var encoded: [Feed: Encoded] = [:]
        /// Of earlier owners of the upstream.
        var base: UInt64 = 0
        /// Of attempts since the start, for readers elsewhere.
        var failures: [Feed: Failure] = [:]
        /// What readers elsewhere want to know of ended jobs.
        var wishes = EndedJobsWishes()
        /// What was asked last of ended jobs.
        var asked: AskedEndedJobs?
        /// Nil where each collection decides for itself.
        var decision: LabelDecision?
    }

    init(name: String, _ collections: [ClusterCollection] = []) {
        state = Locked(State(name: name, collections: collections))
    }

    /// Who is served from the next generation on.
    ///
    /// - Parameters:
    ///   - remoteFeeds: those that others read.
    ///   - base: generations are counted from there.
    func serve(_ collections: [ClusterCollection], remoteFeeds: Set<Feed>, base: UInt64) {
        state.withLock { state in
            state.collections = collections
            state.remoteFeeds = remoteFeeds
            state.base = base
            state.encoded = state.encoded.filter { remoteFeeds.contains($0.key) }
            if !remoteFeeds.contains(.accounting) { state.wishes = EndedJobsWishes() }
        }
    }

    /// From the next generation on all slices show the same values of labels with limits.
    func decide(by decision: LabelDecision?) {
        state.withLock { $0.decision = decision }
    }

    var remoteFeeds: Set<Feed> { state.withLock { $0.remoteFeeds } }

    func encoded(_ feed: Feed) -> (newest: Encoded?, failure: Failure?) {
        state.withLock { ($0.encoded[feed], $0.failures[feed]) }
    }

    /// Who comes later than the newest generations is given those that are kept.
    ///
    /// - Returns: feeds of which none was.
    @concurrent
    func giveKept(to collection: ClusterCollection) async -> Set<Feed> {
        var missing = collection.feeds
        for feed in collection.feeds {
            guard let kept = state.withLock({ $0.encoded[feed] }) else { continue }
            let now = MonotonicClock.system.now
            var streamed = StreamedGeneration(of: feed, to: collection)
            do throws(RecordFormatError) {
                for piece in kept.generation.stream(age: kept.taken.duration(to: now), covers: { _ in true }) {
                    try streamed.take(piece)
                }
                _ = try await streamed.end(received: now)
                missing.remove(feed)
            } catch {
                // More than a reader takes: those elsewhere say so, and here the next answer comes in another way.
                continue
            }
        }
        return missing
    }

    /// A reader elsewhere would like to have these asked for next.
    func wish(for question: EndedJobsQuestion) {
        state.withLock { $0.wishes.add(question) }
    }

    /// One question serves whoever wants to know: of several the one that begins first. Who is not served by it waits.
    func endedJobsQuestion(expectedTime: Timestamp) -> EndedJobsQuestion? {
        let collections = state.withLock { $0.collections }
        let questions = collections.compactMap { $0.endedJobsQuestion(expectedTime: expectedTime) }
        return state.withLock { state in
            let isRead = state.remoteFeeds.contains(.accounting)
            let wish = isRead ? state.wishes.next(at: expectedTime) ?? .lastHour(before: expectedTime) : nil
            let question = (questions + (wish.map { [$0] } ?? [])).min { $0.from < $1.from }
            state.asked = question.map { AskedEndedJobs($0, at: expectedTime) }
            return question
        }
    }

    var lacksEndedJobs: Bool { state.withLock { $0.collections }.contains { $0.lacksEndedJobs } }

    func begin(_ feed: Feed, expectedTime: Timestamp) -> any RecordSink {
        let (context, collections, encoder, decision) = state.withLock { state in
            let asked = feed == .accounting ? state.asked : nil
            let context = FoldContext(
                expectedTime: asked?.time ?? expectedTime, partitions: state.partitions, clusterName: state.name,
                release: state.release, endedJobs: asked?.question)
            return (context, state.collections, newEncoder(of: feed, state), state.decision)
        }
        let folds = collections.compactMap { collection in
            collection.begin(feed, context).map { HubSink.Share(collection: collection, folds: $0) }
        }
        return HubSink(folds, decisive: decision?.begin(feed, context), encoder: encoder, context: context)
    }

    /// A generation has about as many bytes as the one before.
    private func newEncoder(of feed: Feed, _ state: State) -> GenerationEncoder? {
        guard state.remoteFeeds.contains(feed) else { return nil }
        let before = state.encoded[feed]?.generation.byteCount ?? 0
        return GenerationEncoder(expectedBytes: before + before / 32)
    }

    func end(_ feed: Feed, _ sink: any RecordSink, _ answer: Answered) async {
        guard let sink = sink as? HubSink else { preconditionFailure("a sink that is not ours") }
        let (base, decision) = state.withLock { ($0.base, $0.decision) }
        var generation = Generation(answer, above: base)
        generation.kept = decision?.end(feed, sink.decisive, generation, answer.symbols)
        state.withLock { [generation] state in
            if state.name.isEmpty, let name = answer.cluster { state.name = name }
            if let release = answer.release { state.release = release }
            if feed == .partitions { state.partitions = sink.partitionNames }
            keep(sink.encoded(feed, generation), feed, generation.taken, &state)
        }
        for share in sink.shares { await share.collection.end(feed, share.folds, generation, answer.symbols) }
    }

    private func keep(
        _ encoded: EncodedGeneration?, _ feed: Feed, _ taken: MonotonicClock.Instant, _ state: inout State
    ) {
        guard let encoded, state.remoteFeeds.contains(feed) else { return }
        state.encoded[feed] = Encoded(generation: encoded, taken: taken)
    }

    func fail(_ feed: Feed, _ sink: (any RecordSink)?, _ error: UpstreamError, after duration: Duration) {
        let failure = FeedFailure(error: error.label)
        let collections = state.withLock { state in
            state.failures[feed, default: Failure()].count += 1
            state.failures[feed]?.failure = failure
            return state.collections
        }
        for collection in collections { collection.fail(feed, failure, after: duration) }
    }
}
