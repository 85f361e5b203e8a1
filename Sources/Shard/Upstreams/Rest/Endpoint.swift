public import Metrics

/// A part of slurmrestd with paths and versions of its own.
public enum Plugin: String, CaseIterable, Sendable {
    case controller = "slurm"
    case accounting = "slurmdb"
}

extension Feed {
    public var plugin: Plugin {
        switch self {
        case .jobs, .nodes, .partitions, .reservations, .licenses, .diag, .ping, .shares: .controller
        case .accounting, .associations, .qos, .dbd, .clusters, .tres, .wckeys: .accounting
        }
    }

    /// Whether a version has it at all.
    func isCarried(by version: APIVersion) -> Bool { self != .shares || version >= Self.firstWithShares }

    private static let firstWithShares = APIVersion(40)

    /// Where it is asked for, without the version: one of a few, for metrics.
    public var endpoint: String { "\(plugin.rawValue)/\(resource)" }

    /// The part of the path that follows the version.
    private var resource: String {
        switch self {
        case .accounting: "jobs"
        case .dbd: "diag"
        default: rawValue
        }
    }

    /// Path and query.
    ///
    /// `update_time` is never sent: from v0.0.39 on an unchanged queue is answered as an empty one, and the question
    /// fails for nodes.
    func target(_ version: APIVersion) -> String {
        let path = "/\(plugin.rawValue)/\(version)/\(resource)/"
        return version >= Self.firstWithFlags && hasFlags ? path + "?flags=ALL" : path
    }

    /// Without DETAIL a job is a tenth of its size and has all that is read. Partitions would be without the hidden ones.
    /// Nodes are asked for with the default flags, which alone tell what is mixed and which GPUs are in use.
    private var hasFlags: Bool { self == .jobs || self == .partitions }

    private static let firstWithFlags = APIVersion(40)
}

extension Plugin {
    /// What is asked to find out whether a version is offered: the cheapest there is.
    var probeFeed: Feed {
        switch self {
        case .controller: .ping
        case .accounting: .clusters
        }
    }

    func probe(_ version: APIVersion) -> String { probeFeed.target(version) }
}

extension UpstreamError {
    static func absent(_ feed: Feed, _ version: APIVersion) -> UpstreamError {
        UpstreamError(.absent, "\(feed.endpoint): \(version) has no such thing")
    }
}
