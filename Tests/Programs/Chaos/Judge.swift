import Locks

/// Watches all coordinators from outside, and says what must never be:
///
/// - Two processes lead in one epoch, or somebody says that it leads when it is asked after a later leader has been seen;
///   unless the store has just been replaced, which is noticed at the next renewal.
/// - Shards go by plans of two leaders in one epoch, whatever became of the store.
/// - A shard goes back to a plan of an earlier epoch.
final class Judge: Sendable {
    private struct State {
        var holders: [UInt64: String] = [:]
        /// When each epoch was first known to have begun.
        var begun: [UInt64: ContinuousClock.Instant] = [:]
        var obeyed: [String: UInt64] = [:]
        /// Whose plans shards go by, by epoch.
        var rulers: [UInt64: String] = [:]
        var violations: [String] = []
    }

    private let state = Locked(State())

    var violations: [String] { state.withLock { $0.violations } }

    /// The highest epoch that somebody led in.
    var epoch: UInt64 { state.withLock { $0.holders.keys.max() ?? 0 } }

    func watch(_ fleet: ChaosFleet, _ place: Int) async {
        while !Task.isCancelled {
            let start = ContinuousClock.now
            if let report = await fleet.report(place), report.leads, let epoch = report.epoch {
                hear(report.id, epoch, askedAt: start, mayBeLate: fleet.mayHaveTwoStores)
                if let status = await fleet.status(place) {
                    for shard in status.shards { if let plan = shard.plan { obeys(shard.id, plan, place) } }
                }
            }
            try? await Task.sleep(for: .milliseconds(30))
        }
    }

    private func hear(
        _ holder: String, _ epoch: UInt64, askedAt start: ContinuousClock.Instant, mayBeLate: Bool
    ) {
        state.withLock { state in
            if !mayBeLate, let known = state.holders[epoch], known != holder {
                state.violations.append("epoch \(epoch) has two holders: \(known) and \(holder)")
            }
            if !mayBeLate, state.begun.contains(where: { $0.key > epoch && $0.value < start }) {
                state.violations.append("\(holder) leads in epoch \(epoch) after a later one has begun")
            }
            state.holders[epoch] = holder
            state.begun[epoch] = state.begun[epoch] ?? .now
        }
    }

    /// - Parameter place: of the coordinator that says so; another one may have heard of it earlier.
    private func obeys(_ shard: String, _ plan: ChaosFleet.Status.Plan, _ place: Int) {
        let (witness, epoch) = ("\(shard) at \(place)", plan.epoch)
        state.withLock { state in
            if let known = state.rulers[epoch], known != plan.holder {
                state.violations.append("in epoch \(epoch) shards go by \(known) and by \(plan.holder)")
            }
            state.rulers[epoch] = plan.holder
            if let known = state.obeyed[witness], known > epoch {
                state.violations.append("\(shard) went from epoch \(known) back to \(epoch)")
            }
            state.obeyed[witness] = epoch
        }
    }
}
