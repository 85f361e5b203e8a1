/// Which plan this is, and who made it.
///
/// Plans are only ever replaced by greater ones. Nobody but the leader of an epoch makes plans of it, and every other
/// claim to the same epoch is refused: the first holder wins.
public struct PlanIdentity: Hashable, Codable, Sendable {
    /// How many times leadership has changed.
    public var epoch: UInt64
    /// The store that the plan is kept in; another one after a store was lost.
    public var store: String
    /// The process that made it.
    public var holder: String
    /// Counts the plans of a store.
    public var revision: UInt64

    public init(epoch: UInt64, store: String, holder: String, revision: UInt64) {
        self.epoch = epoch
        self.store = store
        self.holder = holder
        self.revision = revision
    }

    /// Of epochs and of revisions: no fleet comes to that. What is beyond was made up, and would leave no room for the next.
    public static let highest: UInt64 = 1 << 52

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        epoch = try values.decode(UInt64.self, forKey: .epoch)
        store = try values.decode(String.self, forKey: .store)
        holder = try values.decode(String.self, forKey: .holder)
        revision = try values.decode(UInt64.self, forKey: .revision)
        guard max(epoch, revision) <= Self.highest else {
            throw DecodingError.dataCorruptedError(
                forKey: .epoch, in: values, debugDescription: "no fleet has had that many leaders or plans")
        }
    }

    /// Why whoever holds this plan must not take the other; nil where it may.
    public func refusal(of other: PlanIdentity) -> PlanRefusal? {
        if other.epoch != epoch { return other.epoch < epoch ? .lowerEpoch : nil }
        if other.store != store || other.holder != holder { return .secondHolder }
        return other.revision < revision ? .lowerRevision : nil
    }

    /// Whether the same store has had the other one later.
    public func isOlder(than other: PlanIdentity) -> Bool {
        store == other.store && (epoch, revision) < (other.epoch, other.revision)
    }
}

public enum PlanRefusal: String, Codable, CaseIterable, Sendable {
    case lowerEpoch = "lower_epoch"
    case secondHolder = "second_holder"
    case lowerRevision = "lower_revision"
}

extension PlanIdentity: CustomStringConvertible {
    public var description: String { "\(epoch).\(revision) of \(holder)" }
}
