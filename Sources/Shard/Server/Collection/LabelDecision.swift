import Collectors
import Locks
import Metrics
import ShardSettings
import Slurm
import Snapshots

/// Decides for all slices of a cluster which values of limited labels they show by themselves.
///
/// Counts the cluster once more, undivided, as far as collectors have such labels, and so decides as one process would.
final class LabelDecision: Sendable {
    private let folds: [Feed: FeedFolds]
    private let state: Locked<State>

    private struct State: Sendable {
        var limiter: LabelLimiter
        var pace: RefreshPace
    }

    /// - Parameter kept: what was decided before, by whoever did so then.
    /// - Returns: nil where nothing is limited.
    init?(_ settings: ShardSettings, kept: [KeptValues]) {
        let limits = settings.labelLimits
        guard !limits.isEmpty else { return nil }
        let collectors = settings.enabledCollectors.map { Collector($0, settings.collected) }
            .filter { $0.families.contains { $0.hasLabel(in: Set(limits.keys)) } }
        folds = Dictionary(
            uniqueKeysWithValues: Set(collectors.flatMap(\.feeds)).map { ($0, FeedFolds(of: $0, collectors)) })
        state = Locked(State(limiter: LabelLimiter(limits, kept: kept), pace: RefreshPace(settings)))
    }

    /// - Returns: nil where the feed has nothing to say about it.
    func begin(_ feed: Feed, _ context: FoldContext) -> FeedFolds? {
        guard let folds = folds[feed] else { return nil }
        folds.begin(context)
        return folds
    }

    /// - Parameter folds: those of the generation; nil where there are none.
    func end(
        _ feed: Feed, _ folds: FeedFolds?, _ generation: Generation, _ symbols: borrowing Symbols
    ) -> [KeptValues] {
        folds?.end(symbols, at: generation.time)
        return state.withLock { state in
            guard let folds else { return state.limiter.kept }
            let tables = folds.tables.flatMap { collector, tables in
                tables.map { state.pace.paced($0, of: collector, at: generation.taken, step: generation.interval) }
            }
            state.limiter.weigh(tables, of: feed)
            return state.limiter.kept
        }
    }
}

extension MetricFamily {
    fileprivate func hasLabel(in names: Set<LabelName>) -> Bool {
        if case .declared(let labels) = labels { !names.isDisjoint(with: labels) } else { false }
    }
}
