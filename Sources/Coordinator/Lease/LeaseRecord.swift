/// The one thing that all candidates share: who leads, for the how manieth time leadership has changed, and how often that
/// was renewed.
public struct LeaseRecord: Hashable, Sendable {
    /// Nil once the last holder resigned.
    public var holder: Candidate?
    /// Rises with every change of leadership, and never repeats.
    public var epoch: UInt64
    /// Rises with every write of the holder.
    public var renewal: UInt64
    /// How long the record must stand still before somebody else may take over.
    public var lifetime: Duration

    public init(holder: Candidate?, epoch: UInt64, renewal: UInt64, lifetime: Duration) {
        self.holder = holder
        self.epoch = epoch
        self.renewal = renewal
        self.lifetime = lifetime
    }
}

extension LeaseRecord {
    /// What a candidate writes that takes over.
    ///
    /// - Parameters:
    ///   - record: nil where the store has none yet.
    ///   - floor: the highest epoch that was heard of elsewhere, for a store that was lost or restored.
    public static func claimed(
        after record: LeaseRecord?, above floor: UInt64, by candidate: Candidate, lifetime: Duration
    ) -> LeaseRecord {
        LeaseRecord(
            holder: candidate, epoch: max(record?.epoch ?? 0, floor) + 1, renewal: (record?.renewal ?? 0) + 1,
            lifetime: lifetime)
    }

    public func renewed(lifetime: Duration) -> LeaseRecord {
        LeaseRecord(holder: holder, epoch: epoch, renewal: renewal + 1, lifetime: lifetime)
    }

    /// What the holder leaves behind that goes: whoever is next starts above every epoch that it heard of.
    public func resigned(above floor: UInt64) -> LeaseRecord {
        LeaseRecord(holder: nil, epoch: max(epoch, floor), renewal: renewal + 1, lifetime: lifetime)
    }
}
