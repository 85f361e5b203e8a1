/// A shard's name that another process has, which is heard.
public struct NameConflict: Error, Hashable, Sendable {
    public let shard: String
    /// Where the one listens that has it.
    public let owner: String
}

extension NameConflict: CustomStringConvertible {
    public var description: String { "the name '\(shard)' belongs to another process, which listens at \(owner)" }
}

/// Whoever else has said that it has a shard's name, and wasn't heard.
struct Namesake: Sendable {
    var url: String
    var seen: Member.Instant
    /// How many heartbeats were refused, of whomever.
    var refusals: Int
}
