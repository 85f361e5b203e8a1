public enum LogLevel: String, CaseIterable, Comparable, Sendable {
    case debug, info, warning, error

    /// From 0, the most talkative.
    var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rank < right.rank
    }
}
