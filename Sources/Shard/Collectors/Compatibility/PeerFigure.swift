public import Metrics
import Slurm

/// A family of another exporter's: what it is there, and how it compares with what is exported here.
public struct PeerRow: Sendable {
    public let family: MetricFamily
    public let meaning: String
    /// What says the same among this exporter's own families.
    public let counterpart: String
    /// In what the value differs from the other exporter's; empty where it doesn't.
    public let difference: String

    /// A difference that several of the originals have alike.
    static let zero = "0 is shown; the original leaves it out."
}

/// A row, and what it says of a subject.
struct PeerFigure<Subject>: Sendable {
    let row: PeerRow
    let figure: Figure<Subject>
}

/// Declares another exporter's families that have most in common.
struct PeerGroup<Subject>: Sendable {
    typealias Row = PeerFigure<Subject>

    var labels: [LabelName] = []
    var level = Level.important
    var merge = MergeRule.sum
    let feed: Feed

    func count(
        _ name: MetricName, _ meaning: String, as counterpart: String, _ difference: String = "",
        _ number: @escaping @Sendable (borrowing Subject) -> Int?
    ) -> Row {
        let row = row(name, meaning, counterpart, difference)
        return Row(row: row, figure: Figure(whole: row.family, number))
    }

    func number(
        _ name: MetricName, _ meaning: String, as counterpart: String, _ difference: String = "",
        _ number: @escaping @Sendable (borrowing Subject) -> Double?
    ) -> Row {
        let row = row(name, meaning, counterpart, difference)
        return Row(row: row, figure: Figure(row.family, number))
    }

    func moment(
        _ name: MetricName, _ meaning: String, as counterpart: String,
        _ moment: @escaping @Sendable (borrowing Subject) -> Timestamp?
    ) -> Row {
        let row = row(name, meaning, counterpart, "")
        return Row(row: row, figure: Figure(moment: row.family, moment))
    }

    func shares(
        _ name: MetricName, _ meaning: String, by extra: [LabelName], as counterpart: String, _ difference: String = "",
        _ shares: @escaping @Sendable (borrowing Subject, borrowing Symbols) -> [Share]
    ) -> Row {
        let row = row(name, meaning, by: extra, counterpart, difference)
        return Row(row: row, figure: Figure(row.family, breakdown: shares))
    }

    private func row(
        _ name: MetricName, _ meaning: String, by extra: [LabelName] = [], _ counterpart: String, _ difference: String
    ) -> PeerRow {
        PeerRow(
            name, meaning, labels: labels + extra, level: level, merge: merge, feed: feed, as: counterpart, difference)
    }
}

extension PeerRow {
    init(
        _ name: MetricName, _ meaning: String, type: FamilyType = .gauge, labels: [LabelName] = [],
        level: Level = .important, merge: MergeRule = .sum, feed: Feed, as counterpart: String,
        _ difference: String = ""
    ) {
        let help = difference.isEmpty ? meaning : "\(meaning) \(difference)"
        family = MetricFamily(
            name, type, help: help, labels: labels, level: level, merge: merge, feed: feed)
        self.meaning = meaning
        self.counterpart = counterpart
        self.difference = difference
    }
}

extension PeerGroup<PeerNodes> {
    static let ofPartitionNodes = PeerGroup(labels: ["partition"], merge: .union, feed: .nodes)
}
