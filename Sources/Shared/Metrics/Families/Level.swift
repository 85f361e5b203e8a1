/// How much a family matters: under pressure the last goes first.
public enum Level: String, CaseIterable, Comparable, Sendable {
    case critical, important, detailed

    public static func < (left: Self, right: Self) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .critical: 0
        case .important: 1
        case .detailed: 2
        }
    }
}
