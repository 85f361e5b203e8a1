import Upstreams

/// Why there is no generation of a feed, as far as it is told.
struct FeedFailure: Hashable, Sendable {
    /// One of a few words.
    let error: String

    /// Slurm hasn't what was asked for: no failure but where somebody asked for it by name.
    var isAbsence: Bool { error == Self.absence }

    private static let absence = UpstreamError(.absent, "").label
}
