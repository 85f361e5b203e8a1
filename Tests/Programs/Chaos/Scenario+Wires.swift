import Foundation
import TestSupport

/// Wires that are cut, slow, or dead in one direction.
extension Scenario {
    static var wires: [Scenario] {
        [
            Scenario(
                name: "F-23", help: "a shard doesn't hear of the next plans",
                makeup: .init(lifetime: .seconds(10), hasWires: true)
            ) { stage in
                try await stage.oneIsDeaf()
            },
            Scenario(
                name: "F-28", help: "wires between coordinators and shards are cut, slow, or dead in one direction",
                makeup: .init(hasWires: true)
            ) { stage in
                stage.ask(stage.leader)
                for trouble in Trouble.all { try await stage.have(trouble) }
            },
            Scenario(
                name: "F-28 peers", help: "the standby can't reach the leader, or only late",
                makeup: .init(hasWires: true)
            ) { stage in
                stage.ask(stage.standby)
                for trouble in Trouble.all.filter({ !$0.isLong }) { try await stage.have(trouble, among: .peers) }
                await stage.answersQuickly()
            },
        ]
    }
}

/// What becomes of wires, and which.
private struct Trouble {
    enum Place {
        /// Who asks whom.
        case shardsAskTheLeader, theLeaderAsksShards, both, peers
    }

    let place: Place
    let condition: Link.Condition
    /// Longer than shards may be silent.
    var isLong = false

    static let all: [Trouble] = [
        Trouble(place: .shardsAskTheLeader, condition: .cut),
        Trouble(place: .theLeaderAsksShards, condition: .cut),
        Trouble(place: .both, condition: .dead(forth: true, back: true)),
        Trouble(place: .both, condition: .dead(forth: true, back: false)),
        Trouble(place: .both, condition: .dead(forth: false, back: true)),
        Trouble(place: .both, condition: .late(.seconds(2))),
        Trouble(place: .both, condition: .stalling(after: 300)),
        Trouble(place: .both, condition: .dead(forth: true, back: true), isLong: true),
    ]

    func isMeant(_ wire: ChaosFleet.Wire, _ leader: Int) -> Bool {
        switch (place, wire) {
        case (.shardsAskTheLeader, .heartbeats(of: _, to: leader)), (.theLeaderAsksShards, .toShard): true
        case (.both, .heartbeats(of: _, to: leader)), (.both, .toShard): true
        case (.peers, .toPeer(leader)): true
        default: false
        }
    }
}

extension Stage {
    /// Until two rounds later all is as it was.
    private static let recoveryLimit = Duration.seconds(5)

    fileprivate func have(_ trouble: Trouble, among place: Trouble.Place? = nil) async throws {
        let trouble = Trouble(place: place ?? trouble.place, condition: trouble.condition, isLong: trouble.isLong)
        let links = fleet.wires { trouble.isMeant($0, leader) }
        links.forEach { $0.become(trouble.condition) }
        let end = ContinuousClock.now + .seconds(trouble.isLong ? 7 : 3)
        while ContinuousClock.now < end {
            for shard in fleet.shards {
                let answer = try? await fleet.client.get("http://127.0.0.1:\(shard.port)/metrics", within: .seconds(5))
                expect(answer?.0 == 200, "\(shard.name) doesn't serve what it has while wires are \(trouble)")
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        links.forEach { $0.become(.sound) }
        await recovers(from: trouble)
    }

    private func recovers(from trouble: Trouble) async {
        let start = ContinuousClock.now
        let (fleet, leader) = (fleet, leader)
        let isWell = await eventually(within: .seconds(20)) {
            guard let copy = await fleet.figure(leader, "slurm_fleet_copy_age_seconds"),
                let heartbeats = await fleet.figure(leader, "slurm_fleet_heartbeat_age_seconds")
            else { return false }
            return copy < 2 && heartbeats < Double(fleet.shards.count)
        }
        let took = start.duration(to: .now)
        note(recovery: took)
        expect(isWell && took <= Self.recoveryLimit, "it took \(took) to recover from \(trouble)")
        await settles()
    }

    /// The first shard is heard, and hears nothing, while another one takes some of its work.
    fileprivate func oneIsDeaf() async throws {
        let name = fleet.shards[0].name
        ask(leader)
        let links = fleet.wires { if case .heartbeats(of: name, to: _) = $0 { true } else { false } }
        links.forEach { $0.become(.dead(forth: false, back: true)) }
        try fleet.addShard("another")
        let (fleet, leader) = (fleet, leader)
        let isSeen = await eventually(within: .seconds(15)) {
            let plans = await fleet.status(leader)?.shards.compactMap { $0.plan?.revision } ?? []
            return Set(plans).count > 1
        }
        expect(isSeen, "nobody sees that a shard has an older plan than another")
        try await Task.sleep(for: .seconds(3))
        links.forEach { $0.become(.sound) }
        await settles()
    }
}
