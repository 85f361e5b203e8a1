import Collectors
import Metrics

/// Puts tables of parts together by their families' merge rules.
enum Merging {
    struct Overlap: Error {
        let family: MetricName
        let labels: [SeriesLabel]
    }

    static func merge(_ parts: [[SeriesTable]]) throws -> [SeriesTable] {
        var merged: [SeriesTable] = []
        for place in parts[0].indices where parts[0][place].family.merge != .derived {
            merged.append(try merge(parts.map { $0[place] }))
        }
        let derived = parts[0].filter { $0.family.merge == .derived }.map(\.family.name)
        return merged + Catalogue.ratios.filter { derived.contains($0.family.name) }.map { $0.table(from: merged) }
    }

    private static func merge(_ parts: [SeriesTable]) throws -> SeriesTable {
        var merged = SeriesTable(parts[0].family)
        guard case .declared(let names) = merged.family.labels else { return merged }
        var taken: Set<SeriesRow> = []
        for part in parts {
            for row in part.rows {
                let labels = part.labels(at: row)
                let values = names.map { name in labels.first { $0.name == name }?.value ?? "" }
                let place = merged.row(values)
                let isNew = taken.insert(place).inserted
                switch merged.family.merge {
                case .sum, .sumOfFractions:
                    if merged.family.type != .info { merged.addCells(part.cells(at: row), at: place) }
                case .union where !isNew: throw Overlap(family: merged.family.name, labels: labels)
                default: merged.setCells(part.cells(at: row), at: place)
                }
            }
        }
        return merged
    }
}
