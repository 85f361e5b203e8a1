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
            guard try plans.identity() != known, let plan = try plans.plan() else { return }
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
            let known = state.withLock { $0.coordinators }
            let mine = coordinators.first { $0.name == own.name }
            if mine != own {
                // In place of a process that has ended; one that enters later is another that runs.
                guard mine == nil || !known.contains(own) else { return noteTakenName() }
                try register.enter(own)
                coordinators = try register.coordinators()
            }
            let met = coordinators
            state.withLock { $0.coordinators = met }
        } catch {
            // As above.
        }
    }

    private func noteTakenName() {
        let isNew = state.withLock { state in
            defer { state.isNameTaken = true }
            return !state.isNameTaken
        }
        guard isNew else { return }
        logger.error("another process has the name of this one", ["name": .string(identity.candidate.name)])
    }

    func note(_ report: LeaderReport?, of coordinator: String) {
        state.withLock { $0.reports[coordinator] = report }
    }

    public var others: [RegisteredCoordinator] {
        state.withLock { $0.coordinators }.filter { $0.name != identity.candidate.name }
    }
}
