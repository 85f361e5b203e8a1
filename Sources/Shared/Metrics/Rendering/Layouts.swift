/// The layouts of one family: one for all series, or, where some already have a constant label, one for each case.
struct Layouts {
    let common: FamilyLayout
    /// Whether no series can have any of the constant labels.
    let areAlike: Bool
    private let make: ([SeriesLabel]) -> FamilyLayout
    private let constants: [SeriesLabel]
    private var byConstants: [[SeriesLabel]: FamilyLayout] = [:]

    init(_ family: MetricFamily, name: MetricName, format: MetricsFormat, constants: [SeriesLabel]) {
        // What the type itself uses is on every line.
        let constants = constants.filter { $0.name.text != family.type.ownLabel(in: name) }
        self.constants = constants
        make = { FamilyLayout(family, name: name, format: format, constants: $0) }
        common = make(constants)
        switch family.labels {
        case .declared(let names): areAlike = !constants.contains { names.contains($0.name) }
        case .open: areAlike = constants.isEmpty
        }
    }

    mutating func layout(for labels: Span<UInt8>) -> FamilyLayout {
        let own = Set(LabelText.labels(in: labels).map(\.name))
        let missing = constants.filter { !own.contains($0.name) }
        if let layout = byConstants[missing] { return layout }
        let layout = make(missing)
        byConstants[missing] = layout
        return layout
    }
}
