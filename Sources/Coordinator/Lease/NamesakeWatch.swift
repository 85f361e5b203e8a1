import ServiceRuntime

/// Tells whether somebody renews the lease under a candidate's name. The record of an earlier process stands still, also one
/// that came back with an older copy of the store.
struct NamesakeWatch: Sendable {
    private let candidate: Candidate
    /// The last record of another process of the name.
    private var record: LeaseRecord?
    /// When it had just been renewed.
    private var renewed: MonotonicClock.Instant?

    init(_ candidate: Candidate) {
        self.candidate = candidate
    }

    /// - Parameter found: what is in the store.
    mutating func look(_ found: LeaseRecord?, at now: MonotonicClock.Instant) {
        guard let found, let holder = found.holder, holder != candidate, holder.name == candidate.name else { return }
        if let record, record.holder == holder, record.renewal < found.renewal { renewed = now }
        record = found
    }

    /// Whether it was renewed within its lifetime.
    func isThere(at now: MonotonicClock.Instant) -> Bool {
        guard let record, let renewed else { return false }
        return renewed.duration(to: now) < record.lifetime
    }
}
