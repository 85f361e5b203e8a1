/// What becomes of a plan.
public enum Following: Equatable, Sendable {
    case entirely
    /// Its work is done as far as what is in force allows: why not all of it.
    case inPart(String)
    /// What was done before goes on: why.
    case notAtAll(String)

    var isReady: Bool {
        if case .notAtAll = self { false } else { true }
    }

    public var problem: String? {
        switch self {
        case .entirely: nil
        case .inPart(let problem), .notAtAll(let problem): problem
        }
    }
}
