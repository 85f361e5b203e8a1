/// What a user submits again and again: everything about a job that its submissions share.
///
/// Paths and the submit line follow from it and the job's id: see `JobText`.
public struct Script: Hashable, Sendable {
    public var name: Text
    public var comment = Text.empty
    public var adminComment = Text.empty
    public var systemComment = Text.empty
    public var wckey = Text.empty
    /// Constraint as given to `--constraint`.
    public var features = Text.empty
    public var container = Text.empty
    public var burstBuffer = Text.empty
    public var stateDescription = Text.empty
    public var extra = Text.empty
    public var mailUser = Text.empty
    public var requiredNodes = Text.empty
    public var excludedNodes = Text.empty
    /// A script in a file; otherwise a command on the line, as salloc and `--wrap` have it.
    public var isBatch = true

    public init(name: Text) {
        self.name = name
    }
}
