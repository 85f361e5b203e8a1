/// What sdiag says.
public struct SchedulerReading: Sendable, Equatable {
    /// Since when it counts what Slurm starts again each midnight.
    public let since: Int?
    /// By heading and name, as `Main schedule statistics/Last cycle`; without a heading as `Jobs submitted`.
    public let figures: [String: Int]
    /// By kind of message, as `REQUEST_JOB_INFO`.
    public let messages: [String: Calls]
    /// By user name.
    public let users: [String: Calls]

    public struct Calls: Sendable, Equatable {
        public let count: Int
        /// In microseconds.
        public let averageTime: Int
        public let totalTime: Int
    }

    init(_ output: String) {
        var figures: [String: Int] = [:]
        var calls: [String: [String: Calls]] = [:]
        var heading = ""
        for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
            if let found = Self.calls(in: line) {
                calls[heading, default: [:]][found.name] = found.calls
            } else if let found = Self.figure(in: line) {
                // Slurm indents what belongs to a heading.
                figures[line.first == "\t" ? "\(heading)/\(found.name)" : found.name] = found.value
            } else if !line.isEmpty {
                heading = String(line.prefix { $0 != "(" }.trimmingPrefix(" ").split(separator: "  ").first ?? "")
                    .trimmingEnd()
            }
        }
        since = output.firstMatch(of: /Data since.*\((\d+)\)/).flatMap { Int($0.1) }
        self.figures = figures
        messages = calls["Remote Procedure Call statistics by message type"] ?? [:]
        users = calls["Remote Procedure Call statistics by user"] ?? [:]
    }

    private static func calls(in line: Substring) -> (name: String, calls: Calls)? {
        guard let match = line.firstMatch(of: /^\s+(\S+)\s+\(\s*\d+\) count:(\d+)\s+ave_time:(\d+)\s+total_time:(\d+)/)
        else { return nil }
        let numbers = [match.2, match.3, match.4].map { Int($0) ?? 0 }
        return (String(match.1), Calls(count: numbers[0], averageTime: numbers[1], totalTime: numbers[2]))
    }

    /// A time counts in seconds since 1970, which stand in parentheses behind it.
    private static func figure(in line: Substring) -> (name: String, value: Int)? {
        guard let match = line.firstMatch(of: /^\s*([^:]+):\s+(?:(-?\d+)(?:\s+microseconds)?|.*\((\d+)\))$/) else {
            return nil
        }
        return (match.2 ?? match.3).flatMap { Int($0) }.map { (String(match.1), $0) }
    }
}

extension String {
    fileprivate func trimmingEnd() -> String { String(reversed().drop { $0 == " " || $0 == "\t" }.reversed()) }
}

extension RealSlurm {
    public func scheduler() async throws -> SchedulerReading { SchedulerReading(try await run("sdiag")) }
}
