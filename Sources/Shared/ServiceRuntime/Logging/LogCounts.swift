/// What became of the lines since the start.
public struct LogCounts: Equatable, Sendable {
    public private(set) var written: [LogLevel: Int] = Dictionary(
        uniqueKeysWithValues: LogLevel.allCases.map { ($0, 0) })
    /// Held back because the same had been said too often.
    public internal(set) var suppressed = 0
    /// The output took them not at all or not whole.
    public internal(set) var lost = 0

    mutating func countWritten(_ level: LogLevel) {
        written[level, default: 0] += 1
    }
}
