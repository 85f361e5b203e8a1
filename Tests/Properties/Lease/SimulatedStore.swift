import Lease

/// A file with one record, which can be slow, fail, be lost or be replaced by an older copy.
struct SimulatedStore {
    private struct Span {
        let start: Double
        let end: Double

        func contains(_ time: Double) -> Bool { start <= time && time < end }
    }

    private(set) var record: LeaseRecord?
    private var copies: [LeaseRecord?] = [nil]
    private var slowness: [Span] = []
    private var failures: [Span] = []
    /// Tells one file of this name from the next.
    private(set) var file = 0
    /// Of the file there is now.
    private var holders: [UInt64: Candidate] = [:]
    private(set) var violation: History.Violation?

    mutating func slow(from start: Double, to end: Double) { slowness.append(Span(start: start, end: end)) }

    mutating func fail(from start: Double, to end: Double) { failures.append(Span(start: start, end: end)) }

    func isSlow(at time: Double) -> Bool { slowness.contains { $0.contains(time) } }

    func fails(at time: Double) -> Bool { failures.contains { $0.contains(time) } }

    mutating func apply(_ action: LeaseAttempt.Action) -> LeaseOutcome {
        guard case .replace(let expected, let new) = action, expected == record else { return .found(record) }
        record = new
        copies.append(new)
        if let holder = new.holder, let known = holders.updateValue(holder, forKey: new.epoch), known != holder {
            violation = History.Violation(description: "epoch \(new.epoch) is held by \(known) and \(holder)")
        }
        return .written
    }

    /// - Parameter pick: of the copies there are.
    mutating func replace(isLoss: Bool, pick: (Int) -> Int) {
        file += 1
        holders = [:]
        record = isLoss ? nil : copies[pick(copies.count)]
    }
}
