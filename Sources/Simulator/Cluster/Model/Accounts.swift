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

extension Resources {
    /// The ids of what `amount` knows.
    static let tracked: Set<Int> = [1, 2, 4, 5, 1001]

    /// None of what isn't known here.
    public func amount(of tres: TRES) -> Int {
        switch tres.id {
        case 1: cpus
        case 2: memory
        case 4: nodes
        case 5: billing
        case 1001: gpus
        default: 0
        }
    }
}

extension Cluster {
    /// How much longer all that runs is taken to run, where Slurm shows what associations are going to use.
    public static let secondsLeft = 3600
}
