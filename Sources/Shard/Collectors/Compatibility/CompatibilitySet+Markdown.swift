import Metrics

extension CompatibilitySet {
    /// The families as documentation, beside those of this exporter that say the same.
    public var markdown: String {
        let head = """
            | name there | labels | what it says | here | what differs |
            |---|---|---|---|---|

            """
        return head + rows.map(\.markdown).joined()
    }
}

extension PeerRow {
    fileprivate var markdown: String {
        let labels = family.labelNames.map { "`\($0)`" }.joined(separator: ", ")
        return "| " + ["`\(family.name)`", labels, meaning, here, difference].map(\.tableCell).joined(separator: " | ")
            + " |\n"
    }

    /// Names and expressions as code, remarks as words.
    private var here: String {
        guard !counterpart.isEmpty else { return "" }
        let parts = counterpart.split(separator: ", ", maxSplits: 1)
        guard parts.count == 2 else { return "`\(counterpart)`" }
        let isList = parts[1].hasPrefix("slurm_")
        return isList ? "`\(parts[0])`, `\(parts[1])`" : "`\(parts[0])`, \(parts[1])"
    }
}
