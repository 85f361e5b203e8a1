import Foundation
import TestSupport

/// One kind of fault, and what is seen of it.
struct Scenario {
    let name: String
    let help: String
    var makeup = ChaosFleet.Makeup()
    let run: (Stage) async throws -> Void
}

/// A settled fleet, and everybody who watches it.
final class Stage {
    let fleet: ChaosFleet
    /// How much longer than on a quiet machine it may take until somebody leads.
    let lateness: Duration
    let judge = Judge()
    let leader: Int
    let series: Set<String>
    private(set) var client: Client?
    private var witness: Witness?
    private var watchers: [Task<Void, Never>] = []
    private(set) var violations: [String] = []
    private(set) var failovers: [Duration] = []

    var standby: Int { 1 - leader }

    init(_ fleet: ChaosFleet, lateness: Duration) async throws {
        self.fleet = fleet
        self.lateness = lateness
        (leader, series) = try await fleet.settle()
        for place in fleet.addresses.indices {
            watchers.append(Task { [judge] in await judge.watch(fleet, place) })
        }
        let judge = judge
        guard await eventually(within: .seconds(10), { judge.epoch > 0 }) else {
            throw ChaosFleet.Unsettled(description: "nobody is seen to lead")
        }
    }

    /// From now on somebody asks the coordinator of that place all the time.
    func ask(_ place: Int) {
        let client = Client(fleet.addresses[place], fleet.client, expecting: series)
        self.client = client
        watchers.append(Task { await client.run() })
    }

    /// From now on all that a coordinator shows is compared with what one process shows.
    ///
    /// - Parameter place: the leader's, if nothing is said.
    func beWatched(at place: Int? = nil) async throws -> Witness {
        let witness = Witness(fleet.addresses[place ?? leader], try await fleet.startWhole(), fleet.client)
        self.witness = witness
        watchers += [Task { await witness.watchWhole() }, Task { await witness.watchFleet() }]
        // What the fleet shows from the start on has to be known before Slurm becomes another.
        let isSeen = try await witness.wholeHasSeen(since: .now)
        expect(isSeen, "one process alone doesn't see what Slurm says")
        return witness
    }

    /// From now on all processes are weighed.
    func weigh() -> Scales {
        let scales = Scales()
        watchers.append(Task { [fleet] in await scales.watch(fleet) })
        return scales
    }

    func expect(_ condition: Bool, _ complaint: @autoclosure () -> String) {
        if !condition { violations.append(complaint()) }
    }

    /// Waits for the next leader.
    @discardableResult
    func failover(
        to place: Int? = nil, above epoch: UInt64, within limit: Duration, since start: ContinuousClock.Instant
    ) async -> Int? {
        let limit = limit + lateness
        var found: Int?
        _ = await eventually(within: limit + .seconds(10)) {
            guard judge.epoch > epoch else { return false }
            found = await fleet.leader()
            return found != nil
        }
        let took = start.duration(to: .now)
        failovers.append(took)
        expect(found != nil && took <= limit, "a leader came after \(took), and not within \(limit)")
        if let place { expect(found == place, "another one leads than expected") }
        return found
    }

    func note(recovery: Duration) { failovers.append(recovery) }

    func settles() async {
        do { _ = try await fleet.settle() } catch { expect(false, "\(error)") }
    }

    /// - Returns: what the client has seen, and all that must not have been.
    func end() async -> (Client.Account?, [String]) {
        for watcher in watchers {
            watcher.cancel()
            await watcher.value
        }
        await fleet.end()
        let account = client?.current ?? witness?.account
        if client != nil, let complaint = account?.complaint { violations.append(complaint) }
        return (account, violations + judge.violations)
    }
}
