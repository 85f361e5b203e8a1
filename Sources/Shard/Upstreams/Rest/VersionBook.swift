/// Which versions of the API are spoken, and when to find out again.
///
/// An upgrade can take a version away under a running exporter: a run of answers that there is no such path makes it
/// unknown.
struct VersionBook: Equatable, Sendable {
    private let pinned: APIVersion?
    private var known: [Plugin: APIVersion] = [:]
    private var missing: [Plugin: Int] = [:]
    /// So many in a row are no coincidence.
    private let patience: Int

    /// - Parameter pinned: the version that is spoken, whatever is offered.
    init(pinned: APIVersion? = nil, patience: Int = 3) {
        self.pinned = pinned
        self.patience = patience
    }

    subscript(plugin: Plugin) -> APIVersion? { pinned ?? known[plugin] }

    /// Whether nobody looks for another version.
    var isPinned: Bool { pinned != nil }

    mutating func learn(_ version: APIVersion, of plugin: Plugin) {
        known[plugin] = version
        missing[plugin] = 0
    }

    /// An answer came from there.
    mutating func confirm(_ plugin: Plugin) {
        missing[plugin] = 0
    }

    /// The path of a question is not known.
    mutating func miss(_ plugin: Plugin) {
        missing[plugin, default: 0] += 1
        guard missing[plugin, default: 0] >= patience else { return }
        known[plugin] = nil
        missing[plugin] = 0
    }
}

/// Tries versions from the newest down until one is there.
struct VersionSearch: Equatable, Sendable {
    private var rest = APIVersion.known[...]

    /// The version to try now; nil when all have been tried.
    var candidate: APIVersion? { rest.first }

    /// The candidate isn't offered.
    mutating func miss() {
        rest = rest.dropFirst()
    }

    /// - Returns: why no version is spoken with a plugin. Where accounting isn't by slurmdbd, slurmrestd doesn't have the
    ///   one for it.
    static func failure(_ plugin: Plugin) -> UpstreamError {
        plugin == .accounting ? noAccounting : failure
    }

    static let noAccounting = UpstreamError(
        .absent, "slurmrestd has no /slurmdb: Slurm there has no accounting by slurmdbd", status: 404)

    private static let failure = UpstreamError(
        .version,
        "slurmrestd offers none of the versions from \(APIVersion.known[0]) to \(APIVersion.known.last ?? APIVersion(0))",
        status: 404)
}
