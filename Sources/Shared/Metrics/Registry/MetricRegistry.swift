import Locks

/// A process's own figures: instruments that any thread moves, and families that are filled when somebody asks.
public final class MetricRegistry: Sendable {
    /// Fills tables with what holds now, in the order of the families they were asked for.
    public typealias Collector = @Sendable (inout [SeriesTable]) -> Void

    private enum Instrument {
        case counter(Counter), gauge(Gauge), histogram(Histogram)
    }

    private struct Entry {
        let family: MetricFamily
        var instruments: [(labelValues: [String], instrument: Instrument)] = []
    }

    private struct Group {
        let families: [MetricFamily]
        let collector: Collector
    }

    private let entries = Locked<[Entry]>([])
    private let groups = Locked<[Group]>([])

    public init() {}

    /// The counter with these label values; asked for again, the same one. Whoever counts often keeps it.
    public func counter(_ family: MetricFamily, _ labelValues: String...) -> Counter {
        guard family.type == .counter,
            case .counter(let counter) = instrument(family, labelValues, { .counter(Counter()) })
        else { preconditionFailure("\(family.name) is no counter") }
        return counter
    }

    /// The gauge with these label values; asked for again, the same one.
    public func gauge(_ family: MetricFamily, _ labelValues: String...) -> Gauge {
        guard family.type == .gauge,
            case .gauge(let gauge) = instrument(family, labelValues, { .gauge(Gauge()) })
        else { preconditionFailure("\(family.name) is no gauge") }
        return gauge
    }

    /// The histogram with these label values; asked for again, the same one.
    public func histogram(_ family: MetricFamily, _ labelValues: String...) -> Histogram {
        guard case .histogram(let bounds) = family.type,
            case .histogram(let histogram) = instrument(family, labelValues, { .histogram(Histogram(bounds)) })
        else { preconditionFailure("\(family.name) is no histogram") }
        return histogram
    }

    /// Has families filled at each rendering, all at one moment.
    public func collect(_ families: [MetricFamily], _ collector: @escaping Collector) {
        groups.withLock { $0.append(Group(families: families, collector: collector)) }
    }

    /// All families with what holds now, by name.
    public func tables() -> [SeriesTable] {
        let instruments = entries.withLock { $0 }.map(Self.table)
        let collected = groups.withLock { $0 }.flatMap(Self.tables)
        return (instruments + collected).sorted { $0.family.name < $1.family.name }
    }

    private static func table(of entry: Entry) -> SeriesTable {
        var table = SeriesTable(entry.family)
        for (labelValues, instrument) in entry.instruments {
            let row = table.row(labelValues)
            switch instrument {
            case .counter(let counter): table.set(Double(counter.value), at: row)
            case .gauge(let gauge): table.set(gauge.value, at: row)
            case .histogram(let histogram): table.setCells(histogram.cells, at: row)
            }
        }
        return table
    }

    private static func tables(of group: Group) -> [SeriesTable] {
        var tables = group.families.map { SeriesTable($0) }
        group.collector(&tables)
        return tables
    }

    private func instrument(
        _ family: MetricFamily, _ labelValues: [String], _ make: () -> Instrument
    ) -> Instrument {
        entries.withLock { entries in
            let index = Self.index(of: family, in: &entries)
            if let known = entries[index].instruments.first(where: { $0.labelValues == labelValues }) {
                return known.instrument
            }
            let instrument = make()
            entries[index].instruments.append((labelValues, instrument))
            return instrument
        }
    }

    private static func index(of family: MetricFamily, in entries: inout [Entry]) -> Int {
        if let index = entries.firstIndex(where: { $0.family.name == family.name }) {
            precondition(entries[index].family == family, "\(family.name) is declared twice, differently")
            return index
        }
        entries.append(Entry(family: family))
        return entries.count - 1
    }
}
