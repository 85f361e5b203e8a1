public struct Account: Sendable {
    public let name: Text
    public var description: Text
    public var organization: Text
    /// `.none` for root.
    public var parent: Ref<Account>
    public var coordinators: [Ref<User>] = []
}

public enum AdminLevel: String, CaseIterable, Sendable {
    case none = "None"
    case `operator` = "Operator"
    case administrator = "Administrator"
}

public struct User: Sendable {
    public let uid: UInt32
    public let gid: UInt32
    /// Empty where the host does not know the uid: answers then have null, an empty name or the number.
    public var name: Text
    public var group: Text
    public var adminLevel = AdminLevel.none
    public var defaultAccount: Ref<Account>
    public var defaultWCKey = Text.empty
    public var isInAccounting = true
}

public struct WCKey: Sendable {
    public let id: UInt32
    public let name: Text
    public let user: Ref<User>
}

/// A kind of resource that accounting tracks, numbered as slurmdbd does.
public struct TRES: Sendable {
    public let id: Int
    public let type: Text
    public let name: Text
    /// Of the whole cluster; nothing where Slurm gives none (energy, file systems).
    public var count: Int?
}
