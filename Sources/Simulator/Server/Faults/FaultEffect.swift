/// What a fault does to an answer.
enum FaultEffect: Hashable, Sendable {
    case latency(Latency)
    /// No answer until the client leaves.
    case hang
    /// The answer takes this long, and goes on to when the client has left.
    case work(Duration)
    case status(Int)
    /// 200 with `errors[]`.
    case errors
    /// 500 with the whole, right body.
    case fullBody
    /// The connection is reset after so many bytes of the body.
    case reset(after: Int)
    /// The connection is closed after so many bytes of the body, fewer than announced.
    case truncate(at: Int)
    case garbage
    case rewrite(Rewriting)
    case tokenExpired
    case versionWithdrawn
    case databaseDown
    case controllerDown
    /// The controller accepts connections and never answers.
    case controllerFrozen

    /// How a body that is JSON is changed.
    enum Rewriting: String, CaseIterable, Sendable {
        /// A number becomes a bare `Infinity`.
        case infinity
        case wrongTypes = "wrong-types"
        case unknownStates = "unknown-states"
        case unknownFields = "unknown-fields"
    }
}
