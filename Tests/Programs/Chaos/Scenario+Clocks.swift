import Foundation
import TestSupport

/// Clocks that are wrong.
extension Scenario {
    static var clocks: [Scenario] {
        [
            Scenario(name: "F-05", help: "the leader's time of day is an hour off, jumps, or runs twice as fast") {
                stage in
                let warp = [WarpedClock.Warp.hourAhead, .hourBehind, .jumping, .twiceAsFast].randomElement()!
                let clock = try await WarpedClock(warp)
                try await stage.replace(stage.standby, environment: clock.environment)
                try await stage.handOver(to: stage.standby)
                await stage.staysAsItIs(for: ChaosFleet.lifetime * 4)
                await stage.loses(stage.standby)
                withExtendedLifetime(clock) {}
            },
            Scenario(
                name: "F-06", help: "the coordinators' clocks are minutes apart, and days those that measure"
            ) { stage in
                let clocks = [try await WarpedClock(.minutesAhead), try await WarpedClock(.minutesBehind)]
                for (place, clock) in clocks.enumerated() {
                    let origin = [
                        "unshare", "-T", "--boottime", "\(place * 100_000)", "--monotonic", "\(place * 100_000)",
                    ]
                    try await stage.replace(place, environment: clock.environment, under: origin)
                }
                await stage.leads("with other clocks")
                let leader = await stage.fleet.leader() ?? stage.leader
                await stage.staysAsItIs(for: stage.fleet.makeup.lifetime * 4)
                await stage.loses(leader)
                withExtendedLifetime(clocks) {}
            },
        ]
    }
}

extension Stage {
    /// Kills a coordinator, and starts another one in its place.
    func replace(_ place: Int, environment: [String: String] = [:], under: [String] = []) async throws {
        fleet.coordinators[place].send(SIGKILL)
        _ = try await fleet.coordinators[place].exit()
        try fleet.restart(place, environment: environment, under: under)
        await settles()
    }

    /// Has whoever leads step down, until the one of that place does.
    func handOver(to place: Int) async throws {
        let fleet = fleet
        let leads = await eventually(within: .seconds(20)) {
            guard let leader = await fleet.leader(), leader != place else { return await fleet.leader() == place }
            try? await fleet.client.post("http://\(fleet.addresses[leader])/api/v1/step-down")
            try? await Task.sleep(for: .milliseconds(500))
            return false
        }
        guard leads else { throw ChaosFleet.Unsettled(description: "the coordinator doesn't come to lead") }
    }

    /// Nobody else leads meanwhile.
    func staysAsItIs(for time: Duration) async {
        await leaderIsSeen()
        let epoch = judge.epoch
        try? await Task.sleep(for: time)
        expect(judge.epoch == epoch, "the lead changed for no reason, from epoch \(epoch) to \(judge.epoch)")
        let leads = await fleet.comesToLead(within: fleet.takeoverLimit + lateness)
        expect(leads, "nobody leads any more")
    }

    /// Waits until the judge knows of the epoch that somebody leads in.
    private func leaderIsSeen() async {
        let (fleet, judge) = (fleet, judge)
        let isSeen = await eventually(within: .seconds(20) + lateness) {
            guard let leader = await fleet.leader(), let epoch = await fleet.report(leader)?.epoch else { return false }
            return epoch == judge.epoch
        }
        expect(isSeen, "nobody is seen to lead")
    }

    /// Whoever leads is killed, and the other follows in time.
    func loses(_ leader: Int) async {
        let epoch = judge.epoch
        ask(1 - leader)
        let start = ContinuousClock.now
        fleet.coordinators[leader].send(SIGKILL)
        await failover(to: 1 - leader, above: epoch, within: fleet.takeoverLimit, since: start)
    }
}
