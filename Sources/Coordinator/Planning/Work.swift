/// Something that exactly one shard owns.
public enum Work: Hashable, Sendable {
    case upstream(String)
    case slice(String)

    var isUpstream: Bool {
        if case .upstream = self { true } else { false }
    }
}

extension Work: Comparable {
    public static func < (left: Work, right: Work) -> Bool {
        switch (left, right) {
        case (.upstream(let left), .upstream(let right)), (.slice(let left), .slice(let right)): left < right
        case (.upstream, .slice): true
        case (.slice, .upstream): false
        }
    }
}
