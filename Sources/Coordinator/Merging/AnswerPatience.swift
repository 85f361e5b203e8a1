/// How long an answer for the fleet may wait, for whom, and how old it may be: here side by side, since one has to fit into
/// the other.
public struct AnswerPatience: Sendable {
    /// How long an answer waits in all before it is made of what there is.
    public var answer = Duration.seconds(2)
    /// How much of that is left when those are left out that only hang, so that it can be shown without them.
    public var publication = Duration.milliseconds(200)
    /// How long the leader has of that until it begins to answer a standby, and until it has answered.
    public var leader = (begins: Duration.seconds(1), ends: Duration.milliseconds(1500))
    /// How long the leader alone is waited for, before a copy is made beside it.
    public var headStart = Duration.milliseconds(300)
    /// For how long a leader that has failed to answer isn't asked.
    public var doubt = Duration.seconds(1)
    /// A shard that takes longer to answer isn't waited for.
    public var shard = Duration.seconds(1)
    /// For how long at most what was whole is shown, or nothing at first, when something is missing: slices that are
    /// one generation apart soon aren't.
    public var whole = Duration.seconds(5)
    /// How old a copy may be that is shown in the leader's place.
    public var copy = Duration.seconds(2)
    /// How old the leader's may be, who asks all shards every second.
    public var leadersCopy = Duration.seconds(5)

    public init() {}
}
