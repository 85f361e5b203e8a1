import Foundation
import SQLite
import ServiceRuntime
import TestSupport

/// Something that happens to a fleet and is over when it returns.
struct Deed: Sendable {
    let name: String
    let act: @Sendable (ChaosFleet, inout SeededGenerator) async throws -> Void

    fileprivate init(
        _ name: String, _ act: @escaping @Sendable (ChaosFleet, inout SeededGenerator) async throws -> Void
    ) {
        self.name = name
        self.act = act
    }
}

extension SeededGenerator {
    /// A while, in seconds.
    fileprivate mutating func time(_ range: ClosedRange<Double>) -> Duration {
        .seconds(1) * Double.random(in: range, using: &self)
    }
}

/// To who leads, and to what they lead by.
extension Deed {
    static let all = ofLeaders + ofOthers

    private static let ofLeaders =
        [
            Deed("a coordinator is killed") { fleet, random in
                try await fleet.end(&random, with: SIGKILL)
            },
            Deed("a coordinator is told to stop") { fleet, random in
                try await fleet.end(&random, with: SIGTERM)
            },
            Deed("the leader is paused") { fleet, random in
                guard let place = await fleet.leader() else { return }
                try await fleet.coordinators[place].pause(for: random.time(0.1...4))
            },
            Deed("a coordinator is paused") { fleet, random in
                try await fleet.coordinators.randomElement(using: &random)!.pause(for: random.time(0.1...4))
            },
            Deed("the leader is asked to step down") { fleet, _ in
                guard let place = await fleet.leader() else { return }
                try await fleet.client.post("http://\(fleet.addresses[place])/api/v1/step-down")
            },
        ] + ofStores

    private static let ofStores = [
        Deed("the store is locked") { fleet, random in
            guard let writer = try? Database(path: fleet.storePath), (try? writer.run("BEGIN IMMEDIATE")) != nil else {
                return
            }
            try await Task.sleep(for: random.time(0.1...3))
            _ = try? writer.run("ROLLBACK")
        },
        Deed("the disk is full") { fleet, random in
            Disk.fill(fleet.storeDirectory + "/fill")
            try await Task.sleep(for: random.time(0.1...3))
            try? FileManager.default.removeItem(atPath: fleet.storeDirectory + "/fill")
        },
        Deed("the store is deleted") { fleet, _ in
            fleet.noteOtherStore()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: fleet.storePath + suffix) }
            try await Task.sleep(for: ChaosFleet.lifetime)
        },
        Deed("the store is an older one") { fleet, random in
            let copy = fleet.storePath + ".copy"
            try? FileManager.default.removeItem(atPath: copy)
            guard (try? Database(path: fleet.storePath).run("VACUUM INTO '\(copy)'")) != nil else { return }
            try await Task.sleep(for: random.time(0.5...2))
            fleet.noteOtherStore()
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: fleet.storePath + suffix) }
            rename(copy, fleet.storePath)
            try await Task.sleep(for: ChaosFleet.lifetime)
        },
        Deed("the store is garbage") { fleet, _ in
            fleet.noteOtherStore()
            try Data(count: 20_000).write(to: URL(filePath: fleet.storePath), options: .atomic)
            try await Task.sleep(for: ChaosFleet.lifetime)
        },
    ]
}

/// To everybody else.
extension Deed {
    private static let ofOthers =
        [
            Deed("a shard is killed") { fleet, random in
                let member = fleet.shards.dropFirst().randomElement(using: &random)!
                member.process.send(SIGKILL)
                _ = try await member.process.exit()
                try await Task.sleep(for: random.time(0...3))
                try fleet.restartShard(member)
            },
            Deed("a shard leaves, and another comes") { fleet, random in
                let member = fleet.shards.dropFirst().randomElement(using: &random)!
                try fleet.addShard("shard-\(UInt32.random(in: .min ... .max, using: &random))")
                try await Task.sleep(for: random.time(0...2))
                fleet.remove(member, with: SIGTERM)
            },
            Deed("a shard is paused") { fleet, random in
                try await fleet.shards.randomElement(using: &random)!.process.pause(for: random.time(0.1...3))
            },
            Deed("Slurm is paused") { fleet, random in
                try await fleet.simulating.pause(for: random.time(0.1...2))
            },
            Deed("somebody asks without end") { fleet, random in
                let port = fleet.ports.randomElement(using: &random)!
                let crowd = Crowd(port, idle: 40, halfway: 40, slow: 10)
                try await Task.sleep(for: random.time(0.5...3))
                crowd.end()
            },
        ] + ofWires

    private static let ofWires = [
        ofWire("cut") { _ in .cut }, ofWire("dead") { _ in .dead(forth: true, back: true) },
        ofWire("dead in one direction") { random in
            let isForth = Bool.random(using: &random)
            return .dead(forth: isForth, back: !isForth)
        },
        ofWire("late") { random in .late(random.time(0.1...2)) },
        ofWire("dead in the middle of answers") { random in
            .stalling(after: Int.random(in: 1...5_000, using: &random))
        },
    ]

    private static func ofWire(
        _ name: String, _ condition: @escaping @Sendable (inout SeededGenerator) -> Link.Condition
    ) -> Deed {
        Deed("a wire is \(name)") { fleet, random in
            let names = fleet.shards.map(\.name)
            let wires =
                names.map { ChaosFleet.Wire.toShard($0) }
                + fleet.ports.indices.flatMap { place in
                    [.toPeer(place)] + names.map { .heartbeats(of: $0, to: place) }
                }
            let wire = wires.randomElement(using: &random)!
            fleet.wire(wire)?.become(condition(&random))
            try await Task.sleep(for: random.time(0.2...5))
            fleet.wire(wire)?.become(.sound)
        }
    }
}

extension ChildProcess {
    fileprivate func pause(for time: Duration) async throws {
        send(SIGSTOP)
        try await Task.sleep(for: time)
        send(SIGCONT)
    }
}

extension ChaosFleet {
    /// A coordinator that isn't the steady one, until another one takes its place.
    fileprivate func end(_ random: inout SeededGenerator, with signal: Int32) async throws {
        let place = addresses.indices.dropLast().randomElement(using: &random)!
        coordinators[place].send(signal)
        let status = try await coordinators[place].exit(within: .seconds(30))
        if signal == SIGTERM, status != 0 { throw Unsettled(description: "it ended with \(status)") }
        try await Task.sleep(for: random.time(0...2))
        try restart(place)
    }
}
