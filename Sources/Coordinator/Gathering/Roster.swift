import Federation

/// The targets that there are, each under a number that it keeps for as long as it stays the same.
struct Roster: Sendable {
    struct Entry: Sendable {
        let number: Int
        let target: StaticTarget

        var source: Federation.Source { "target \(number) (\(TargetURL(target.url).host))" }
    }

    private(set) var entries: [Entry]
    private var next: Int

    init(_ targets: [StaticTarget]) {
        entries = targets.enumerated().map { Entry(number: $0, target: $1) }
        next = entries.count
    }

    /// With other targets: those that it has already stay who they are.
    func succeeded(by targets: [StaticTarget]) -> Roster {
        var (roster, known) = (self, entries)
        roster.entries = targets.map { target in
            if let place = known.firstIndex(where: { $0.target == target }) { return known.remove(at: place) }
            defer { roster.next += 1 }
            return Entry(number: roster.next, target: target)
        }
        return roster
    }

    func contains(_ number: Int) -> Bool { entries.contains { $0.number == number } }

    /// In the federation; what is known of the targets themselves comes before what they say of each other.
    var sources: [Federation.Source] { entries.isEmpty ? [] : [Self.boardSource] + entries.map(\.source) }

    static let boardSource: Federation.Source = "targets"
}
