import Foundation
import TestSupport

/// Those who ask too slowly, too often or without end, and shards that answer like that.
extension Scenario {
    static var clients: [Scenario] {
        [
            Scenario(
                name: "F-26", help: "a shard answers a byte a second, or without end", makeup: .init(hasWires: true)
            ) { stage in
                stage.ask(stage.leader)
                for condition in [Link.Condition.dripping, .babbling] { try await stage.isAnswered(condition) }
                await stage.answersQuickly()
                await stage.settles()
            },
            Scenario(name: "F-27", help: "hundreds hold connections, read slowly, or connect all the time") { stage in
                let before = Footprint(of: stage.fleet.coordinators[stage.leader])
                stage.ask(stage.leader)
                let crowd = Crowd(stage.fleet.ports[stage.leader], idle: 200, halfway: 200, slow: 200, rush: true)
                try await Task.sleep(for: .seconds(6))
                let during = Footprint(of: stage.fleet.coordinators[stage.leader])
                stage.expect(crowd.bytesRead > 0, "nobody of the crowd was answered")
                crowd.end()
                await stage.answersQuickly()
                await stage.calmsDown(before, during)
            },
        ]
    }
}

extension Stage {
    /// How much memory a coordinator may need for what it shows nobody, in MiB.
    private static let memoryLimit = 96.0

    fileprivate func isAnswered(_ condition: Link.Condition) async throws {
        let before = Footprint(of: fleet.coordinators[leader])
        let link = fleet.wire(.toShard(fleet.shards[0].name))
        link?.become(condition)
        var most = 0.0
        let end = ContinuousClock.now + .seconds(12)
        while ContinuousClock.now < end {
            most = max(most, Footprint(of: fleet.coordinators[leader])?.memory ?? 0)
            try await Task.sleep(for: .milliseconds(100))
        }
        link?.become(.sound)
        guard let before else { return expect(false, "the leader has gone") }
        expect(
            most - before.memory < Self.memoryLimit, "\(condition): memory went from \(before.memory) to \(most) MiB")
    }

    func answersQuickly() async {
        guard let slowest = client?.current.slowest else { return }
        expect(slowest < .seconds(2), "an answer took \(slowest)")
    }

    fileprivate func calmsDown(_ before: Footprint?, _ during: Footprint?) async {
        guard let before, let during else { return expect(false, "the leader has gone") }
        expect(during.threads <= before.threads + 8, "\(during.threads) threads, and \(before.threads) before")
        expect(during.descriptors < 1_500, "\(during.descriptors) descriptors")
        let process = fleet.coordinators[leader]
        let isCalm = await eventually(within: .seconds(15)) {
            Footprint(of: process).map { $0.descriptors <= before.descriptors + 8 } ?? false
        }
        expect(isCalm, "descriptors stay: \(Footprint(of: process)?.descriptors ?? 0)")
    }
}
