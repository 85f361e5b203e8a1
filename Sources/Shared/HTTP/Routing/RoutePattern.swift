/// Which paths a route is for: `/api/v1/shards/{id}/heartbeat`.
///
/// `{name}` stands for one whole segment, anything but an empty one. Other segments are compared with the decoded ones
/// of a path. The text is also the route's label in metrics: as many values as there are routes.
public struct RoutePattern: Hashable, Sendable {
    enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String)
    }

    public let text: String
    let segments: [Segment]

    public init(_ text: String) throws(RouteError) {
        guard text.first == "/" else { throw .invalidPattern(text, "does not start with a slash") }
        var segments: [Segment] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = Segment(part) else { throw .invalidPattern(text, "segment \"\(part)\"") }
            segments.append(segment)
        }
        let names = segments.compactMap(\.parameterName)
        guard Set(names).count == names.count else { throw .invalidPattern(text, "a parameter is named twice") }
        self.text = text
        self.segments = segments
    }
}

extension RoutePattern.Segment {
    fileprivate init?(_ text: Substring) {
        if text.first == "{", text.last == "}", text.count > 2 {
            self = .parameter(String(text.dropFirst().dropLast()))
        } else {
            self = .literal(String(text))
        }
        guard !name.contains(where: { "{}?#%".contains($0) }), ![".", ".."].contains(name) else { return nil }
    }

    fileprivate var parameterName: String? {
        if case .parameter(let name) = self { name } else { nil }
    }

    private var name: String {
        switch self {
        case .literal(let name), .parameter(let name): name
        }
    }
}

extension RoutePattern {
    /// How the paths of two patterns relate.
    enum Relation: Equatable {
        /// No path is both's, or one has literals wherever they differ, and so takes precedence.
        case distinct
        /// The same paths.
        case same
        /// Some paths are both's, and neither is the more specific one.
        case ambiguous
    }

    func relation(to other: RoutePattern) -> Relation {
        guard segments.count == other.segments.count else { return .distinct }
        var isNarrower = false
        var isWider = false
        for pair in zip(segments, other.segments) {
            switch pair {
            case (.literal(let one), .literal(let other)) where one != other: return .distinct
            case (.literal, .parameter): isNarrower = true
            case (.parameter, .literal): isWider = true
            case (.literal, .literal), (.parameter, .parameter): break
            }
        }
        if isNarrower, isWider { return .ambiguous }
        return isNarrower || isWider ? .distinct : .same
    }
}
