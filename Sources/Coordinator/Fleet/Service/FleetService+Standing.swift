import FleetProtocol
import Lease
import Locks
import Planning
import ServiceRuntime
public import Store

/// Out of office.
extension FleetService {
    /// Sees the plan that was kept last.
    func follow() {
        do throws(StoreError) {
            let known = state.withLock { $0.planner?.plan.identity }
            let kept = try plans.identity()
            // Who leads keeps the last plan again in a store that is an older one.
            guard kept != known, !(known.map(kept.isOlder) ?? false), let plan = try plans.plan() else { return }
            let now = clock.now
            let view = Planner(plan, isFresh: false, settings.planning, at: now)
            state.withLock { state in
                state.planner = view
                state.seen = now
            }
        } catch {
            // The keeper of the lease has the same trouble, and says so.
        }
    }

    var own: RegisteredCoordinator {
        RegisteredCoordinator(
            name: identity.candidate.name, nonce: identity.candidate.nonce, url: identity.url,
            mode: availability.mode.rawValue)
    }

    /// Finds the others, and is there to be found.
    func meetCoordinators() {
        do throws(StoreError) {
            var coordinators = try register.coordinators()
            if claim(isOurs: coordinators.contains(own)) {
                try register.enter(own)
                state.withLock { $0.name.noteEntry(at: clock.now) }
                coordinators = try register.coordinators()
            }
            let met = coordinators
            state.withLock { $0.coordinators = met }
        } catch {
            // As above.
        }
    }

    /// - Returns: whether the place in the register is to be entered.
    private func claim(isOurs: Bool) -> Bool {
        let now = clock.now
        let (enters, isNews) = state.withLock { state in
            let before = state.name.isContested
            return (state.name.look(isOurs: isOurs, at: now), state.name.isContested && !before)
        }
        if isNews {
            logger.error("another process has the name of this one", ["name": .string(identity.candidate.name)])
        }
        return enters
    }

    func note(_ report: LeaderReport?, of coordinator: String) {
        state.withLock { $0.reports[coordinator] = report }
    }

    public var others: [RegisteredCoordinator] {
        state.withLock { $0.coordinators }.filter { $0.name != identity.candidate.name }
    }
}
