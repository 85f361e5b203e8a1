/// What came of all runs of a scenario, as a line of the table.
struct Results {
    let name: String
    var runs = 0
    var violations: [String] = []
    var failovers: [Duration] = []
    var gap = 0.0
    var duplicates = 0
    var failed = 0
    var requests = 0

    mutating func add(_ account: Client.Account?, _ violations: [String], _ failovers: [Duration]) {
        runs += 1
        self.violations += violations
        self.failovers += failovers
        gap += account?.gap ?? 0
        duplicates += account?.duplicates ?? 0
        failed += account?.failed ?? 0
        requests += account?.requests ?? 0
    }

    static let head = [
        "SCENARIO", "RUNS", "VIOLATIONS", "FAILOVER", "MOST", "GAP", "DUPLICATES", "FAILED", "REQUESTS",
    ]

    var cells: [String] {
        let sorted = failovers.sorted()
        let median = sorted.isEmpty ? "-" : text(sorted[sorted.count / 2])
        return [
            name, "\(runs)", "\(violations.count)", median, sorted.last.map(text) ?? "-", "\(Int(gap.rounded()))",
            "\(duplicates)", "\(failed)", "\(requests)",
        ]
    }

    private func text(_ duration: Duration) -> String { "\(Int((duration / .milliseconds(1)).rounded())) ms" }

    static func table(_ results: [Results]) -> String {
        let rows = [head] + results.map(\.cells)
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ") + "\n"
        }.joined()
    }
}
