/// A quality of service, with what may be used under it.
public struct QOSRecord: Sendable {
    public var name = Symbol.empty
    public var id: Int?
    public var description = ""
    public var priority: Int?
    /// Slurm's words, such as `DENY_LIMIT`.
    public var flags: [Symbol] = []
    /// Those that its jobs may end.
    public var preempts: [Symbol] = []
    public var preemptModes: [Symbol] = []
    public var graceSeconds: Int?
    public var usageFactor: Double?
    public var limits = UsageLimits()

    public init() {}
}
