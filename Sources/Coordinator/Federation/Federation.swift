public import FederatedSeries
import HTTPServer
import Locks
public import ServiceRuntime

/// What `/federate` shows: the newest part of every source, and the answers that are made of them.
public final class Federation: Sendable {
    /// Names a source of series.
    public typealias Source = String

    struct Published: Sendable {
        /// Grows with every change of what is shown.
        var number: UInt64 = 0
        var generation = Generation()
        var settings: AnswerSettings
        /// Sources that this lacks, of which not even is known that they fail.
        var waitingFor: [Source] = []
    }

    fileprivate struct State {
        var sources: [Source] = []
        var parts: [Source: SeriesPart] = [:]
        /// Sources of which nothing is known yet, not even that they fail.
        var waitedFor: Set<Source> = []
        var published: Published
    }

    let wallClock: WallClock
    let cache: AnswerCache
    let figures = AnswerFigures()
    /// Where selectors are worked out that could take long.
    let lane = Lane("selectors")
    /// Of large answers that could be held as well.
    let streams = StreamPlaces(8)
    /// Tells the generations of this process from those of another.
    let identity = String(UInt64.random(in: .min ... .max), radix: 36)
    private let state: Locked<State>

    /// - Parameter cacheLimit: how many bytes of answers are kept for those who ask for the same.
    public init(
        _ settings: AnswerSettings = AnswerSettings(), cacheLimit: Int = 12 << 20, wallClock: WallClock = .system
    ) {
        state = Locked(State(published: Published(settings: settings)))
        self.wallClock = wallClock
        cache = AnswerCache(limit: cacheLimit)
    }

    /// Says which sources there are; where two have the same series, the earlier one's is shown. Others are shown no more.
    public func arrange(_ sources: [Source]) {
        state.withLock { state in
            state.waitedFor.formUnion(Set(sources).subtracting(state.sources))
            state.waitedFor.formIntersection(sources)
            state.sources = sources
            state.parts = state.parts.filter { sources.contains($0.key) }
            state.publish()
        }
    }

    /// Has other sources take the place of some, at once and without waiting for any.
    ///
    /// - Parameter parts: what those show that are new.
    public func replace(_ old: [Source], with new: [Source], showing parts: [Source: SeriesPart]) {
        state.withLock { state in
            let others = state.sources.filter { !old.contains($0) }
            state.sources = others + new
            state.parts.merge(parts) { $1 }
            state.parts = state.parts.filter { state.sources.contains($0.key) }
            state.waitedFor.formIntersection(Set(state.sources).subtracting(parts.keys))
            state.publish()
        }
    }

    /// Has all answers from now on be made by other settings.
    public func adopt(_ settings: AnswerSettings, cacheLimit: Int) {
        cache.limit(to: cacheLimit)
        state.withLock { state in
            guard settings != state.published.settings else { return }
            state.published.settings = settings
            state.publish()
        }
    }

    public var settings: AnswerSettings { published.settings }

    /// Shows a part in place of the source's last; an empty one shows that the source has nothing.
    public func publish(_ part: SeriesPart, of source: Source) {
        publish([source: part])
    }

    /// The same for several sources, all at once.
    public func publish(_ parts: [Source: SeriesPart]) {
        state.withLock { state in
            let known = parts.filter { state.sources.contains($0.key) }
            guard !known.isEmpty else { return }
            state.waitedFor.subtract(known.keys)
            state.parts.merge(known) { $1 }
            state.publish()
        }
    }

    /// Shows what there is without those of these that have neither shown anything nor failed.
    public func goOn(without sources: [Source]) {
        state.withLock { state in
            guard !state.waitedFor.isDisjoint(with: sources) else { return }
            state.waitedFor.subtract(sources)
            state.publish()
        }
    }

    /// Sources that have neither shown anything nor failed; until there are none, no answer is whole.
    public var waitingFor: [Source] { published.waitingFor }

    /// What is shown now.
    public var generation: Generation { published.generation }

    var published: Published { state.withLock { $0.published } }
}

extension Federation.State {
    fileprivate mutating func publish() {
        published.number += 1
        published.waitingFor = sources.filter(waitedFor.contains)
        published.generation = Generation(
            sources.map { parts[$0] ?? .empty }, after: published.generation)
    }
}
