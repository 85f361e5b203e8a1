import Foundation
import HTTPClient
import TestSupport

/// Shards that come and go while Slurm lives.
extension Scenario {
    /// - Parameter lateness: how much longer than on a quiet machine values may last.
    static func shards(lasting time: Duration, lateness: Duration) -> [Scenario] {
        let lifetime = ChaosFleet.lifetimeOfValues + lateness
        return [
            Scenario(name: "F-21", help: "shards are killed, drained and added", makeup: .init(lifetime: .seconds(10)))
            { stage in
                try await stage.churn(for: time, lifetime: lifetime, mayLack: true) { round in
                    [.add, .kill, .add, .drain][round % 4]
                }
            },
            Scenario(
                name: "F-24", help: "shards are drained and added, and nothing may be missing",
                makeup: .init(lifetime: .seconds(10))
            ) {
                stage in
                try await stage.churn(for: time, lifetime: lifetime, mayLack: false) { round in
                    round % 2 == 0 ? .add : .drain
                }
            },
        ]
    }

    enum Change {
        case add, drain, kill
    }
}

extension Stage {
    /// Lets Slurm make a step every other second at most, and after every second step shards come and go.
    func churn(
        for time: Duration, lifetime: Duration, mayLack: Bool, _ change: (_ round: Int) -> Scenario.Change
    ) async throws {
        let witness = try await beWatched()
        let end = ContinuousClock.now + time
        var round = 0
        while ContinuousClock.now < end {
            let pause = ContinuousClock.now + .seconds(2)
            try await fleet.step()
            let moment = ContinuousClock.now
            if round % 2 == 0 { try fleet.change(change(round / 2), round) }
            round += 1
            try await Task.sleep(until: pause, clock: .continuous)
            expect(try await witness.wholeHasSeen(since: moment), "one process alone doesn't see what Slurm says")
        }
        await settles()
        for complaint in witness.verdict(lifetime: lifetime, mayLack: mayLack) {
            expect(false, complaint)
        }
    }
}

extension ChaosFleet {
    /// How long a value may be shown after the next one is there: until a lost shard is known to be lost, what it had asked
    /// is over, and its successor has asked.
    static let lifetimeOfValues = Duration.seconds(4 + 5 + 1)

    func step() async throws {
        try await client.post("http://\(simulator)/simulator/step")
    }

    /// One that drains goes in its own time.
    func change(_ change: Scenario.Change, _ round: Int) throws {
        switch change {
        case .add: try addShard("added-\(round)")
        case .drain: removeOldestShard(with: SIGTERM)
        case .kill: removeOldestShard(with: SIGKILL)
        }
    }
}
