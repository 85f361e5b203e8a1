/// What stands in a path for the parameters of its route's pattern, decoded and never empty.
public struct PathParameters: Sendable {
    private let values: [(name: String, value: String)]

    init(_ pattern: RoutePattern, _ path: RequestPath) {
        values = zip(pattern.segments, path.segments).compactMap { segment, value in
            if case .parameter(let name) = segment { (name, value) } else { nil }
        }
    }

    /// - Parameter name: one that the pattern has; any other is a bug of the handler's.
    public subscript(name: String) -> String {
        guard let found = values.first(where: { $0.name == name }) else {
            preconditionFailure("the route has no parameter \(name)")
        }
        return found.value
    }
}
