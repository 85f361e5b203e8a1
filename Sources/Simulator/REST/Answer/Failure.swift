/// Why a server that understands a question can't answer it.
public enum Failure: Hashable, Sendable {
    /// The token is wrong or has expired.
    case token
    case controllerDown
    /// The controller takes the question and says nothing.
    case controllerFrozen
    case databaseDown
    /// Whatever else a status says.
    case status(Int)
}

extension Service {
    /// Whether a failure only shows after MessageTimeout: nobody is waited for who isn't asked, and a ping doesn't try again.
    public func waits(for failure: Failure, answering request: Request) -> Bool {
        guard offers(request), request.endpoint.asksController else { return false }
        return switch failure {
        case .controllerDown: !request.isTolerantPing
        case .controllerFrozen: true
        case .token, .databaseDown, .status: false
        }
    }

    /// The answer to who doesn't say who they are, whatever they ask for.
    public func unauthenticated() -> Answer {
        let isFaulty = dialect(for: versions.last ?? .v46).release == .v25110
        return isFaulty
            ? refusal(500, "Authentication does not apply to request") : refusal(401, "Authentication failure")
    }

    /// An answer of plain text, as a server gives it that has not come to the question.
    public func refusal(_ status: Int, _ text: String) -> Answer {
        .plain(status, text, dialect(for: versions.last ?? .v46))
    }
}

extension Endpoint {
    var asksController: Bool {
        switch self {
        case .openAPI, .health, .accounting: false
        default: true
        }
    }

    /// Whether its path says which version is asked.
    var hasVersion: Bool { self != .openAPI && self != .health }
}

extension Request {
    /// From v0.0.39 on a ping is about the controllers alone, and succeeds whatever they say.
    var isTolerantPing: Bool { endpoint == .ping && version >= .v39 }
}
