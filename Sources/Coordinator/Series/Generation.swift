import Locks
public import Metrics
public import Selectors

/// All parts as they were at one moment. Where two have the same series, the earlier one's counts.
public final class Generation: Sendable {
    public let parts: [SeriesPart]
    private let heads: Heads

    /// - Parameter previous: of which this is a change; what both have in common is not made again.
    public init(_ parts: [SeriesPart] = [], after previous: Generation? = nil) {
        self.parts = parts
        let indexes = parts.map(\.index)
        if let previous, previous.parts.count == parts.count,
            zip(previous.parts, parts).allSatisfy({ $0.index === $1.index })
        {
            heads = previous.heads
        } else {
            heads = Heads(indexes)
        }
    }

    public func select(_ selectors: [Selector]) -> Selection {
        var selecting = Selecting(from: self)
        for selector in selectors { selecting.add(selector) }
        return selecting.selection
    }

    /// How many families the parts don't agree on.
    public var conflicts: Int { headings(.text).conflicts }

    func headings(_ format: MetricsFormat) -> Headings { heads.headings(format) }

    var sharing: [Set<Int>] { heads.sharing }
}

/// What one request asks for.
public struct Selection: Sendable {
    let generation: Generation
    let rows: [RowSet]

    /// Series, some of which may turn out to have ended.
    public var count: Int { rows.reduce(0) { $0 + $1.count } }

    /// Of what is written of it, roughly.
    public var byteCount: Int { count * Rendering.usualLine }

    /// Whether what is shown depends on the time at which it is.
    public var dependsOnTime: Bool {
        zip(rows, generation.parts).contains { rows, part in
            guard let timestamps = part.timestamps else { return false }
            return rows.contains(where: { timestamps[$0] != .min })
        }
    }

    /// - Parameter now: in milliseconds since 1970.
    public func rendering(_ format: MetricsFormat, _ settings: AnswerSettings, now: Int64) -> Rendering {
        Rendering(rows, of: generation, format, settings, now: now)
    }
}

/// What follows from the indexes alone; made when it is asked for.
private final class Heads: Sendable {
    private struct State {
        var headings: [MetricsFormat: Headings] = [:]
        var sharing: [Set<Int>]?
    }

    private let indexes: [SeriesIndex]
    private let state = Locked(State())

    init(_ indexes: [SeriesIndex]) {
        self.indexes = indexes
    }

    func headings(_ format: MetricsFormat) -> Headings {
        state.withLock { state in
            if let known = state.headings[format] { return known }
            let made = Headings(of: indexes, format: format)
            state.headings[format] = made
            return made
        }
    }

    /// By part, those that may have series in common with it.
    var sharing: [Set<Int>] {
        state.withLock { state in
            if let known = state.sharing { return known }
            let made = Self.sharing(among: indexes)
            state.sharing = made
            return made
        }
    }

    /// Two parts can't have a series in common if a label that all series have differs.
    private static func sharing(among indexes: [SeriesIndex]) -> [Set<Int>] {
        let constants = indexes.map(\.constants)
        var sharing: [Set<Int>] = indexes.map { _ in [] }
        for second in indexes.indices where indexes[second].count > 0 {
            for first in 0..<second where indexes[first].count > 0 {
                let differs = constants[first].contains { name, value in
                    constants[second][name].map { $0 != value } ?? false
                }
                guard !differs else { continue }
                sharing[first].insert(second)
                sharing[second].insert(first)
            }
        }
        return sharing
    }
}

extension SeriesIndex {
    /// Labels that all series have, with the same value.
    fileprivate var constants: [[UInt8]: [UInt8]] {
        var constants: [[UInt8]: [UInt8]] = [:]
        for column in pairs.columns where column.pairs.count == 1 && count(of: column.pairs.lowerBound) == count {
            constants[column.name] = Array(pairs.texts[pairs.value(column.pairs.lowerBound)])
        }
        return constants
    }
}
