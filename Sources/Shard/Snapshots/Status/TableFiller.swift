import Metrics

/// Fills tables that a registry asks for together, by their families instead of by their places.
struct TableFiller {
    private(set) var tables: [SeriesTable]
    private let places: [MetricName: Int]

    init(_ tables: [SeriesTable]) {
        self.tables = tables
        places = Dictionary(uniqueKeysWithValues: tables.enumerated().map { ($1.family.name, $0) })
    }

    mutating func set(_ family: MetricFamily, _ labels: String..., to value: Double) {
        let place = place(of: family)
        tables[place].set(value, at: tables[place].row(labels))
    }

    mutating func set(_ family: MetricFamily, _ labels: String..., to value: Bool) {
        let place = place(of: family)
        tables[place].set(value ? 1 : 0, at: tables[place].row(labels))
    }

    mutating func add(_ family: MetricFamily, _ labels: [String], _ amount: Double) {
        let place = place(of: family)
        tables[place].add(amount, at: tables[place].row(labels))
    }

    mutating func setCells(_ family: MetricFamily, _ labels: String..., to cells: [Double]) {
        let place = place(of: family)
        tables[place].setCells(cells, at: tables[place].row(labels))
    }

    private func place(of family: MetricFamily) -> Int {
        guard let place = places[family.name] else { preconditionFailure("\(family.name) is not among them") }
        return place
    }
}

extension MetricRegistry {
    func fill(_ families: [MetricFamily], _ fill: @escaping @Sendable (inout TableFiller) -> Void) {
        collect(families) { tables in
            var filler = TableFiller(tables)
            fill(&filler)
            tables = filler.tables
        }
    }
}
