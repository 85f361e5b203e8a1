import Exposition
import ExpositionProperties

/// What one answer of `/metrics` says: samples by name and labels.
struct Scrape {
    typealias Labels = [String: String]

    private var families: [String: [Labels: Double]] = [:]
    /// Series that stand there twice, and families that are declared twice: Prometheus would lose one of them.
    private(set) var duplicates: [String] = []
    /// Names of samples that only ever grow.
    private(set) var counters: Set<String> = []

    init(_ text: String, format: ExpositionFormat = .text) throws {
        var declared: Set<String> = []
        for line in try ExpositionParser.read(text, format: format).get() {
            switch line {
            case .type(let name, let type):
                if !declared.insert(name).inserted { duplicates.append(name) }
                if type == .counter { counters.insert(name) }
                if type == .histogram { counters.formUnion([name + "_count", name + "_bucket"]) }
            case .sample(let sample): add(sample)
            default: break
            }
        }
    }

    private mutating func add(_ sample: Reading) {
        let labels = Labels(uniqueKeysWithValues: sample.labels.map { ($0[0], $0[1]) })
        if families[sample.name, default: [:]].updateValue(sample.value, forKey: labels) != nil {
            duplicates.append(sample.series)
        }
    }

    /// All samples of that name.
    func series(_ name: String) -> [Labels: Double] { families[name] ?? [:] }

    var names: Set<String> { Set(families.keys) }

    /// The sum of the samples that have these labels, whatever others they have; nil where there is none.
    subscript(_ name: String, _ labels: Labels = [:]) -> Double? {
        let values = series(name).filter { $0.key.includes(labels) }.values
        return values.isEmpty ? nil : values.reduce(0, +)
    }

    /// The samples of that name which have these labels, summed up by others.
    func sums(_ name: String, by keys: [String], where labels: Labels = [:]) -> [Labels: Double] {
        series(name).reduce(into: [:]) { sums, sample in
            guard sample.key.includes(labels) else { return }
            sums[sample.key.filter { keys.contains($0.key) }, default: 0] += sample.value
        }
    }
}

extension Scrape.Labels {
    /// An empty value is that of a label that isn't there.
    fileprivate func includes(_ others: Self) -> Bool {
        others.allSatisfy { self[$0.key] ?? "" == $0.value }
    }
}
