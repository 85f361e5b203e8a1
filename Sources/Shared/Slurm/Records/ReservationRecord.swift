/// A reservation as an exporter needs it.
public struct ReservationRecord: Sendable {
    public var name = Symbol.empty
    public var start: Timestamp?
    public var end: Timestamp?
    public var nodes: Int?
    public var cores: Int?
    public var resources = Resources()
    public var partition = Symbol.empty
    public var users: [Symbol] = []
    public var accounts: [Symbol] = []
    /// Slurm's words, such as `MAINT`.
    public var flags: [Symbol] = []

    public init() {}

    /// Slurm doesn't say whether a reservation is active.
    public func isActive(at time: Timestamp) -> Bool {
        guard let start, let end else { return false }
        return start <= time && time < end
    }
}
