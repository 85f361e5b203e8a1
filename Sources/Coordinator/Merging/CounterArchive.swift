import Metrics
public import SnapshotFormat

/// How far the counters of every slice have counted, as far as it has been heard: whoever takes a slice over goes on from
/// there when the one who had it can't be asked any more.
public struct CounterArchive: Sendable {
    private struct Counters: Hashable {
        let cluster: String
        let collector: String
        let feed: Feed
    }

    private var slices: [String: [Counters: CountingState]] = [:]

    public init() {}

    /// What a slice's document doesn't tell is remembered: a new owner has nothing to tell at first.
    public mutating func take(_ states: [CountingState], of slice: String) {
        for state in states {
            let key = Counters(cluster: state.cluster, collector: state.collector, feed: state.feed)
            guard slices[slice]?[key].map({ $0.generation <= state.generation }) ?? true else { continue }
            slices[slice, default: [:]][key] = state
        }
    }

    mutating func keep(only names: Set<String>) {
        slices = slices.filter { names.contains($0.key) }
    }

    /// A document with nothing but states; nil for a slice of which nothing is known.
    public func document(of slice: String) -> SnapshotDocument? {
        slices[slice].map { SnapshotDocument(slice: slice, generation: "", states: Array($0.values)) }
    }
}
