/// What the series with one value of a label come to.
public struct LabelTotal: Hashable, Sendable {
    public var series = 0
    /// Of their first or only numbers.
    public var sum = 0.0

    public init() {}
}

/// What becomes of a label's value.
public enum LabelReplacement: Hashable, Sendable {
    case kept
    /// No other value becomes this one.
    case renamed(String)
    /// Several values become this one.
    case merged(String)
    /// Series with it are left out.
    case removed
}

extension SeriesTable {
    /// How many samples a scraper finds here; each is a series to it.
    public var sampleCount: Int { count * family.type.samples }

    /// Adds up series and numbers for each value of a label; series without it are left out.
    public func totals(by label: LabelName) -> [String: LabelTotal] {
        var totals: [String: LabelTotal] = [:]
        let texts = store.texts.span
        for entry in store.ordered() {
            let text = texts.extracting(entry.range)
            guard let value = LabelText.value(of: label, in: text) else { continue }
            totals[LabelText.unescaped(text.extracting(value)), default: LabelTotal()]
                .add(cells[entry.place * width] / scale)
        }
        return totals
    }

    /// The same series with other values of some labels; those that become one are merged by the family's rule.
    ///
    /// Families whose rule makes no sum, maximum or minimum can't be merged: their series whose values are to be merged
    /// are dropped.
    ///
    /// - Returns: the table, and how many series were dropped.
    public func replacingLabels(
        _ replacements: [LabelName: (String) -> LabelReplacement]
    ) -> (table: SeriesTable, dropped: Int) {
        var result = SeriesTable(family)
        var dropped = 0
        var text: [UInt8] = []
        let texts = store.texts.span
        for entry in store.ordered() {
            text.removeAll(keepingCapacity: true)
            switch LabelText.replace(replacements, in: texts.extracting(entry.range), to: &text) {
            case .same: result.merge(text, from: self, entry.place)
            case .merged where isMergeable: result.merge(text, from: self, entry.place)
            case .merged: dropped += 1
            case .removed: continue
            }
        }
        result.store.settle()
        return (result, dropped)
    }

    private var isMergeable: Bool {
        switch family.type {
        case .info, .stateset, .summary: return false
        case .histogram, .gaugeHistogram:
            if case .sumOfFractions = family.merge { return true }
            return family.merge == .sum
        case .gauge, .counter, .unknown:
            switch family.merge {
            case .sum, .sumOfFractions, .max, .min: return true
            case .union, .replica, .derived: return false
            }
        }
    }

    private mutating func merge(_ text: [UInt8], from other: SeriesTable, _ place: Int) {
        let (row, isFresh) = store.row(text)
        if isFresh { reset(row) }
        combine(row, isFresh, with: other, place)
    }

    /// Takes over the numbers of another table's row, or makes one of both by the family's rule.
    mutating func combine(_ row: SeriesRow, _ isFresh: Bool, with other: SeriesTable, _ place: Int) {
        let (target, source) = (row.place * width, place * width)
        for cell in 0..<width {
            let number = other.cells[source + cell]
            cells[target + cell] = isFresh ? number : merged(cells[target + cell], number)
        }
        guard place < other.created.count, !other.created[place].isNaN else { return }
        let known = row.place < created.count && !isFresh ? created[row.place] : .nan
        setCreated(Double.minimum(known, other.created[place]), at: row)
    }

    /// In steps where there are any, so that nothing is rounded.
    private func merged(_ left: Double, _ right: Double) -> Double {
        switch family.merge {
        case .max: Swift.max(left, right)
        case .min: Swift.min(left, right)
        default: left + right
        }
    }
}

extension LabelTotal {
    fileprivate mutating func add(_ number: Double) {
        series += 1
        sum += number
    }
}

extension LabelText {
    fileprivate enum Outcome {
        case same, merged, removed
    }

    fileprivate static func value(of label: LabelName, in text: Span<UInt8>) -> Range<Int>? {
        var cursor = LabelCursor()
        while let found = cursor.next(in: text) {
            if text.extracting(found.name).equals(label.text.utf8.span) { return found.value }
        }
        return nil
    }

    /// Appends the text with its values replaced.
    fileprivate static func replace(
        _ replacements: [LabelName: (String) -> LabelReplacement], in text: Span<UInt8>, to output: inout [UInt8]
    ) -> Outcome {
        var outcome = Outcome.same
        var cursor = LabelCursor()
        while let found = cursor.next(in: text) {
            switch replacement(for: text.extracting(found.name), text.extracting(found.value), replacements) {
            case .kept:
                if !output.isEmpty { output.append(UInt8(ascii: ",")) }
                let whole = text.extracting(found.name.lowerBound..<found.value.upperBound + 1)
                output.append(addingCapacity: whole.count) { $0.append(copying: whole) }
            case .renamed(let value):
                append(unescaped(text.extracting(found.name)), value, to: &output)
            case .merged(let value):
                append(unescaped(text.extracting(found.name)), value, to: &output)
                outcome = .merged
            case .removed: return .removed
            }
        }
        return outcome
    }

    private static func replacement(
        for name: Span<UInt8>, _ value: Span<UInt8>, _ replacements: [LabelName: (String) -> LabelReplacement]
    ) -> LabelReplacement {
        for (label, replace) in replacements where name.equals(label.text.utf8.span) {
            return replace(unescaped(value))
        }
        return .kept
    }
}
