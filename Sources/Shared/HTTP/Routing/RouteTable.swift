/// Which handler a request is for.
///
/// Literals win over parameters: the most specific pattern is the resource, and its methods are those that are allowed.
/// The time of a match depends on the depth of the patterns, not on their number.
public struct RouteTable<Handler: Sendable>: Sendable {
    private var nodes = [Node()]
    private var resources: [Resource] = []

    public init() {}

    /// - Parameter hasHead: whether GET brings HEAD with it.
    /// - Throws: a route that can't be told from one that is there.
    public mutating func add(
        _ method: HTTPMethod, _ pattern: String, hasHead: Bool = true, _ handler: Handler
    ) throws(RouteError) {
        let pattern = try RoutePattern(pattern)
        try resources[resource(for: pattern)].add(method, handler, hasHead: hasHead)
    }

    public func match(_ method: HTTPMethod, _ path: RequestPath) -> RouteMatch<Handler> {
        guard let index = find(path.segments[...], from: 0) else { return .notFound }
        let resource = resources[index]
        if let handler = resource.handler(for: method) {
            let parameters = PathParameters(resource.pattern, path)
            return .found(handler, parameters, route: resource.pattern.text)
        }
        return method == .options
            ? .options(allow: resource.allow, route: resource.pattern.text)
            : .methodNotAllowed(allow: resource.allow, route: resource.pattern.text)
    }
}

/// The answer of a route table. `route` is the pattern's text, `allow` the value of the field Allow.
public enum RouteMatch<Handler: Sendable>: Sendable {
    case found(Handler, PathParameters, route: String)
    /// A question for the methods, which the table answers: 204 with Allow.
    case options(allow: String, route: String)
    case methodNotAllowed(allow: String, route: String)
    case notFound
}

extension RouteTable {
    /// A segment of one or several patterns. Nodes are referred to by their place in `nodes`.
    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        /// The resource whose pattern ends here.
        var resource: Int?
    }

    private struct Resource: Sendable {
        let pattern: RoutePattern
        private(set) var allow = ""
        private var handlers: [(method: HTTPMethod, handler: Handler)] = []
        private var hasHead = false

        init(_ pattern: RoutePattern) {
            self.pattern = pattern
        }

        /// HEAD is GET without the body, unless it has a handler of its own.
        func handler(for method: HTTPMethod) -> Handler? {
            if let found = handlers.first(where: { $0.method == method }) { return found.handler }
            return method == .head && hasHead ? handler(for: .get) : nil
        }

        mutating func add(_ method: HTTPMethod, _ handler: Handler, hasHead: Bool) throws(RouteError) {
            guard !handlers.contains(where: { $0.method == method }) else {
                throw .duplicate(method: method, pattern.text)
            }
            handlers.append((method, handler))
            if method == .get { self.hasHead = hasHead }
            var methods = Set(handlers.map(\.method.name)).union([HTTPMethod.options.name])
            if self.hasHead { methods.insert(HTTPMethod.head.name) }
            allow = methods.sorted().joined(separator: ", ")
        }
    }

    private mutating func resource(for pattern: RoutePattern) throws(RouteError) -> Int {
        for (index, resource) in resources.enumerated() {
            if resource.pattern == pattern { return index }
            switch resource.pattern.relation(to: pattern) {
            case .distinct: continue
            case .same: throw .renamed(pattern.text, existing: resource.pattern.text)
            case .ambiguous: throw .ambiguous(pattern.text, existing: resource.pattern.text)
            }
        }
        nodes[node(for: pattern)].resource = resources.count
        resources.append(Resource(pattern))
        return resources.count - 1
    }

    private mutating func node(for pattern: RoutePattern) -> Int {
        pattern.segments.reduce(into: 0) { node, segment in
            let existing =
                switch segment {
                case .literal(let text): nodes[node].literals[text]
                case .parameter: nodes[node].parameter
                }
            node = existing ?? append(segment, to: node)
        }
    }

    private mutating func append(_ segment: RoutePattern.Segment, to node: Int) -> Int {
        switch segment {
        case .literal(let text): nodes[node].literals[text] = nodes.count
        case .parameter: nodes[node].parameter = nodes.count
        }
        nodes.append(Node())
        return nodes.count - 1
    }

    /// Follows the literal first, and the parameter if that leads nowhere; no deeper than the patterns.
    private func find(_ segments: ArraySlice<String>, from index: Int) -> Int? {
        let node = nodes[index]
        guard let segment = segments.first else { return node.resource }
        if let next = node.literals[segment], let found = find(segments.dropFirst(), from: next) { return found }
        guard let next = node.parameter, !segment.isEmpty else { return nil }
        return find(segments.dropFirst(), from: next)
    }
}
