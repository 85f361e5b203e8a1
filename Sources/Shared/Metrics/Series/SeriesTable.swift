/// The series of one family: label values and numbers, kept from generation to generation.
///
/// A series is found by its label values and lives at a row that stays the same as long as the series does. Its label
/// text is made once, when the series first appears, and copied at every rendering; all formats and prefixes share it.
/// The order of series is that of their label texts, so the same content renders the same in every process.
///
/// Between `beginGeneration()` and `endGeneration()` each series that is asked for starts at zero, and in the end those
/// that nobody asked for are gone. A table without generations keeps its series and their numbers until `remove(_:)`:
/// the levels of counters.
public struct SeriesTable: Sendable {
    public let family: MetricFamily

    let width: Int
    let scale: Double
    var store = SeriesStore()
    var cells: [Double] = []
    /// Seconds since 1970 by row, NaN for none; empty as long as nobody sets one.
    var created: [Double] = []
    /// Milliseconds since 1970 by row, `Int64.min` for none; empty as long as nobody sets one.
    var timestamps: [Int64] = []
    private var values: LabelValues

    public init(_ family: MetricFamily) {
        self.family = family
        width = family.type.cells
        scale = family.merge.scale
        switch family.labels {
        case .declared(let names): values = LabelValues(names)
        case .open: values = LabelValues([])
        }
    }

    public var count: Int { store.count }

    public var isEmpty: Bool { count == 0 }

    /// Where the series with these label values lives; a new one starts at zero.
    ///
    /// - Parameter fill: appends one value for each declared label.
    public mutating func row(_ fill: (inout LabelValues) -> Void) -> SeriesRow {
        values.removeAll()
        fill(&values)
        precondition(values.isComplete, "\(family.name) declares more labels than that")
        let (row, isFresh) = store.row(values.text)
        if isFresh { reset(row) }
        return row
    }

    public mutating func row(_ labelValues: String...) -> SeriesRow {
        row(labelValues)
    }

    public mutating func row(_ labelValues: [String]) -> SeriesRow {
        row { values in
            for value in labelValues { values.append(value) }
        }
    }

    /// Where the series with these labels lives, for families with open labels; their order makes no difference.
    public mutating func row(labels: [SeriesLabel]) throws(InvalidLabels) -> SeriesRow {
        precondition(family.labels == .open, "\(family.name) declares its labels")
        let labels = labels.filter { !$0.value.isEmpty }.sorted { $0.name < $1.name }
        if let pair = zip(labels, labels.dropFirst()).first(where: { $0.name == $1.name }) {
            throw InvalidLabels(repeated: pair.0.name)
        }
        if let own = labels.first(where: { $0.name.text == family.type.ownLabel(in: family.name) }) {
            throw InvalidLabels(reserved: own.name)
        }
        var text: [UInt8] = []
        for label in labels { LabelText.append(label.name.text, label.value, to: &text) }
        let (row, isFresh) = store.row(text)
        if isFresh { reset(row) }
        return row
    }

    mutating func reset(_ row: SeriesRow) {
        let start = row.place * width
        if start == cells.count { cells.append(contentsOf: repeatElement(0, count: width)) }
        for place in start..<start + width { cells[place] = 0 }
        if family.type == .info { cells[start] = 1 }
        if row.place < created.count { created[row.place] = .nan }
        if row.place < timestamps.count { timestamps[row.place] = .min }
    }

    public func labels(at row: SeriesRow) -> [SeriesLabel] {
        LabelText.labels(in: store.texts.span.extracting(store.range(at: store.place(of: row))))
    }

    /// All rows in the order in which they are rendered.
    public var rows: [SeriesRow] {
        store.ordered().map { store.row(at: $0.place) }
    }
}

/// Labels from outside that can't be those of one series.
public struct InvalidLabels: Error, Hashable, CustomStringConvertible {
    public let description: String

    init(repeated name: LabelName) {
        description = "the label '\(name)' is there twice"
    }

    init(reserved name: LabelName) {
        description = "the label '\(name)' belongs to the family's type"
    }
}
