/// A mistake in the making of a route table.
public enum RouteError: Error, Hashable, Sendable {
    case invalidPattern(String, String)
    /// The same method and paths as a route that is there.
    case duplicate(method: HTTPMethod, String)
    /// The same paths as a route that is there, under other parameter names: one route would have two labels.
    case renamed(String, existing: String)
    /// Some paths match both, and neither has literals wherever the two differ.
    case ambiguous(String, existing: String)
}

extension RouteError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidPattern(let pattern, let reason): "route \(pattern): \(reason)"
        case .duplicate(let method, let pattern): "route \(method) \(pattern) is there twice"
        case .renamed(let pattern, let existing): "routes \(pattern) and \(existing) differ only in parameter names"
        case .ambiguous(let pattern, let existing): "routes \(pattern) and \(existing) both match some paths"
        }
    }
}
