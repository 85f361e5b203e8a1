import HTTPClient
import Locks
import ServiceRuntime
import SnapshotFormat

/// Asking shards.
extension FleetGatherer {
    /// The slices to be asked now, by shard: those that nobody is asking at this moment.
    func due() -> [[ServedSlice]] {
        guard let slices = knownSlices else { return [] }
        let (now, pace) = (clock.now, pace())
        let (due, isExpired) = state.withLock { state in
            state.arrange(slices)
            let isExpired =
                state.published != state.taken || state.expires.map { $0 <= now } ?? (slices.isEmpty || !state.isShown)
            guard state.isDue(slices, pace, settings.patience, at: now) else { return ([ServedSlice](), isExpired) }
            state.lastRound = now
            state.isWanted = false
            let due = slices.filter { state.asked[$0.name] == nil }
            for slice in due { state.asked[slice.name] = now }
            return (due, isExpired)
        }
        if isExpired { news.ring() }
        return due.byShard
    }

    /// Asks for slices that one shard serves, those apart of which it says that nothing has changed.
    func ask(_ slices: [ServedSlice], _ client: HTTPClient) async {
        let overview = await overview(of: slices, client)
        var rest = (overview.map { changed(slices, $0) } ?? slices)[...]
        // A shard that has just answered is asked for little at a time, since each question has a buffer. One that doesn't
        // answer any more isn't waited for once for each slice.
        var places = overview == nil ? rest.count : Self.questions
        await withTaskGroup(of: Bool.self) { group in
            repeat {
                for slice in rest.prefix(places) { group.addTask { await self.ask(slice, client) } }
                rest = rest.dropFirst(places)
                places = await group.next() == true ? 1 : rest.count
            } while !rest.isEmpty
        }
    }

    /// How many are put to a shard at once.
    private static let questions = 2

    private struct Overview {
        let tags: [String: String]
        let asked: MonotonicClock.Instant
    }

    /// - Returns: nil where the shard doesn't tell, and for a single slice, which costs a question either way.
    private func overview(of slices: [ServedSlice], _ client: HTTPClient) async -> Overview? {
        guard slices.count > 1, let address = slices[0].overview else { return nil }
        let start = clock.now
        var fetcher = state.withLock { $0.overviews[address] } ?? OverviewFetcher(address, client: client)
        guard let overview = await fetcher.fetch(token: slices[0].token) else { return nil }
        state.withLock { $0.overviews[address] = fetcher }
        return Overview(tags: overview.tags, asked: start)
    }

    private func changed(_ slices: [ServedSlice], _ overview: Overview) -> [ServedSlice] {
        let (changed, isNews) = state.withLock { state in
            var isNews = false
            let changed = slices.filter { slice in
                let isSame = state.fetchers[slice.name]?.holds(overview.tags[slice.name], of: slice) ?? false
                if isSame { isNews = state.confirm(slice.name, asked: overview.asked, isHeard: true) || isNews }
                return !isSame
            }
            return (changed, isNews)
        }
        if isNews { news.ring() }
        return changed
    }

    /// - Returns: whether there was an answer, be it none of use.
    private func ask(_ slice: ServedSlice, _ client: HTTPClient) async -> Bool {
        let start = clock.now
        var fetcher =
            state.withLock { $0.fetchers[slice.name] }
            ?? SliceFetcher(client: client, timeout: settings.timeout, limit: settings.documentLimit)
        var document: SnapshotDocument?
        var failure: SliceFailure?
        do throws(SliceFailure) { document = try await fetcher.fetch(slice) } catch {
            guard !Task.isCancelled else { return false }
            logger.with(["slice": .string(slice.name)])
                .log(error.isEarly ? .info : .warning, "slice not fetched", ["error": .string("\(error)")])
            state.withLock { $0.errors[error.label, default: 0] += 1 }
            failure = error
        }
        let now = clock.now
        let isNews = state.withLock { state in
            state.fetchers[slice.name] = fetcher
            let isBack = state.confirm(slice.name, asked: start, isHeard: failure == nil)
            if let document {
                state.taken += 1
                state.merger.take(document, of: slice.name, at: now)
                state.counters.take(document.states, of: slice.name)
            }
            return state.tried.insert(slice.name).inserted || document != nil || isBack
        }
        if isNews { news.ring() }
        return failure?.isSilence != true
    }
}

extension [ServedSlice] {
    /// Those that nobody tells of stand alone.
    fileprivate var byShard: [[ServedSlice]] {
        let shards = Dictionary(grouping: self, by: \.overview)
        return shards.flatMap { overview, slices in overview == nil ? slices.map { [$0] } : [slices] }
    }
}
