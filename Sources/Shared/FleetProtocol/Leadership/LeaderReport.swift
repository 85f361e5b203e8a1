/// Who leads, as one coordinator sees it.
public struct LeaderReport: Codable, Hashable, Sendable {
    public var name: String
    /// The name, and what tells this process from others.
    public var id: String
    public var mode: String
    public var leads: Bool
    /// Of the last leader that it knows of, and who and where that is.
    public var epoch: UInt64?
    public var leader: String?
    public var leaderURL: String?

    public init(
        name: String, id: String, mode: String, leads: Bool, epoch: UInt64?, leader: String?, leaderURL: String?
    ) {
        self.name = name
        self.id = id
        self.mode = mode
        self.leads = leads
        self.epoch = epoch
        self.leader = leader
        self.leaderURL = leaderURL
    }
}
