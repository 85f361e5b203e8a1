import Foundation
import TestSupport

/// Leaders that end, pause, or come back.
extension Scenario {
    static var processes: [Scenario] {
        [
            Scenario(name: "F-01", help: "the leader is killed") { stage in
                let epoch = stage.judge.epoch
                stage.ask(stage.standby)
                let start = ContinuousClock.now
                stage.fleet.coordinators[stage.leader].send(SIGKILL)
                await stage.failover(
                    to: stage.standby, above: epoch, within: stage.fleet.takeoverLimit, since: start)
                stage.expect(stage.judge.epoch == epoch + 1, "the epoch went from \(epoch) to \(stage.judge.epoch)")
                await stage.settles()
            },
            Scenario(name: "F-02", help: "the leader is told to stop") { stage in
                let epoch = stage.judge.epoch
                stage.ask(stage.standby)
                let start = ContinuousClock.now
                stage.fleet.coordinators[stage.leader].send(SIGTERM)
                await stage.failover(to: stage.standby, above: epoch, within: .seconds(1), since: start)
                await stage.settles()
            },
            Scenario(name: "F-03", help: "the leader is paused, for 0.5 to 10 lifetimes") { stage in
                stage.ask(stage.standby)
                let factor = [0.5, 0.9, 1.1, 2, 10].randomElement()!
                let leader = stage.fleet.coordinators[stage.leader]
                leader.send(SIGSTOP)
                try await Task.sleep(for: ChaosFleet.lifetime * factor)
                leader.send(SIGCONT)
                // The judge hears it if the first words are a leader's.
                try await Task.sleep(for: ChaosFleet.lifetime)
                await stage.settles()
            },
            Scenario(name: "F-16", help: "a second process has the leader's name") { stage in
                let name = "twin"
                for place in [stage.leader, stage.standby] {
                    stage.fleet.coordinators[place].send(SIGKILL)
                    _ = try await stage.fleet.coordinators[place].exit()
                    try stage.fleet.restart(place, "--ha.name", name)
                }
                var isReported = false
                let fleet = stage.fleet
                isReported = await eventually(within: .seconds(20)) {
                    for place in fleet.addresses.indices {
                        guard let (_, body) = try? await fleet.get(place, "/metrics") else { continue }
                        if String(decoding: body, as: UTF8.self).contains("slurm_fleet_coordinator_name_conflict 1") {
                            return true
                        }
                    }
                    return false
                }
                stage.expect(isReported, "nobody reports it")
                try await Task.sleep(for: ChaosFleet.lifetime * 2)
            },
            Scenario(name: "F-29", help: "the standby is asked all the time") { stage in
                stage.ask(stage.standby)
                try await Task.sleep(for: .seconds(5))
            },
            Scenario(name: "F-32", help: "all coordinators are started anew") { stage in
                for process in stage.fleet.coordinators { process.send(SIGKILL) }
                for process in stage.fleet.coordinators { _ = try await process.exit() }
                for place in stage.fleet.addresses.indices { try stage.fleet.restart(place) }
                let deadline = ContinuousClock.now + .seconds(8)
                while ContinuousClock.now < deadline {
                    for place in stage.fleet.addresses.indices {
                        guard let (status, body) = try? await stage.fleet.get(place, Client.path), status == 200 else {
                            continue
                        }
                        let missing = stage.series.subtracting(Client.series(in: body))
                        stage.expect(missing.isEmpty, "a part was shown: \(missing.count) series are missing")
                    }
                    try await Task.sleep(for: .milliseconds(50))
                }
                await stage.settles()
            },
        ]
    }
}
