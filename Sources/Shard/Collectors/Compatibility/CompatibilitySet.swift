import Metrics

/// Another exporter's metrics: its names, labels and meaning, for dashboards and rules that were written for it.
public enum CompatibilitySet: String, CaseIterable, Sendable {
    case vpenso, rivosinc, native

    /// A collector of the set's families, based on the same feeds as this exporter's own of that name; one without feeds
    /// has none.
    public func collector(_ name: Collector.Name, _ settings: CollectionSettings) -> Collector {
        var collector = Collector(name)
        switch self {
        case .vpenso: VpensoSet.fill(&collector, settings)
        case .rivosinc: RivosincSet.fill(&collector, settings)
        case .native: NativeSet.fill(&collector, settings)
        }
        return collector
    }

    /// All families, with everything that can be switched on.
    public var rows: [PeerRow] {
        switch self {
        case .vpenso: VpensoSet.rows
        case .rivosinc: RivosincSet.rows + PeerScrape.all.map { $0.row }
        case .native: NativeSet.rows
        }
    }

    /// Collectors that a part of the original's metrics is asked for by, by its path below `/metrics`.
    public var paths: [(path: String, collectors: [Collector.Name])] {
        self == .native ? NativeSet.paths.map { ($0.key, $0.value) } : []
    }
}
