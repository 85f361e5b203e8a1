import Lease

/// Obeys the latest term, and of one epoch the first holder.
struct SimulatedShard {
    private(set) var obeyed: Election.Term?
    private var holders: [UInt64: Candidate] = [:]
    private(set) var violation: History.Violation?

    /// - Returns: whether the order is obeyed.
    mutating func take(_ term: Election.Term, with mistake: History.Mistake?) -> Bool {
        guard mayObey(term, mistake) else { return false }
        if let obeyed, term.epoch < obeyed.epoch {
            violation = History.Violation(description: "epoch \(term.epoch) is obeyed after \(obeyed.epoch)")
        }
        if let known = holders.updateValue(term.holder, forKey: term.epoch), known != term.holder {
            violation = History.Violation(
                description: "of epoch \(term.epoch) both \(known) and \(term.holder) are obeyed")
        }
        obeyed = term
        return true
    }

    private func mayObey(_ term: Election.Term, _ mistake: History.Mistake?) -> Bool {
        guard let obeyed, mistake != .noFencing else { return true }
        if term.epoch == obeyed.epoch { return term.holder == obeyed.holder || mistake == .equalEpochs }
        return term.epoch > obeyed.epoch
    }
}
