import Foundation
import SQLite
import TestSupport

/// A store that is slow, full, gone or another one.
extension Scenario {
    static var stores: [Scenario] {
        [
            Scenario(name: "F-07", help: "another process holds the store's lock for 0.3 to 1.5 lifetimes") { stage in
                stage.ask(stage.leader)
                let writer = try Database(path: stage.fleet.storePath)
                for factor in [0.3, 0.9, 1.5] {
                    try writer.run("BEGIN IMMEDIATE")
                    try await Task.sleep(for: ChaosFleet.lifetime * factor)
                    try writer.run("ROLLBACK")
                    try await Task.sleep(for: .milliseconds(500))
                }
                await stage.settles()
            },
            Scenario(name: "F-08", help: "four others write to the store all the time") { stage in
                stage.ask(stage.leader)
                let writers = (0..<4).map { _ in BusyWriter(path: stage.fleet.storePath) }
                try await Task.sleep(for: .seconds(5))
                var locks: [Int] = []
                for writer in writers { locks.append(await writer.end()) }
                stage.expect(locks.allSatisfy { $0 > 10 }, "the others had the lock so often only: \(locks)")
                let start = ContinuousClock.now
                var leads = false
                leads = await eventually(within: .seconds(10)) { await stage.fleet.leader() != nil }
                stage.expect(leads && start.duration(to: .now) < stage.fleet.takeoverLimit, "nobody leads afterwards")
                await stage.settles()
            },
            Scenario(
                name: "F-09", help: "the store's disk is full, and then read-only when all are started anew",
                makeup: .init(hasDisk: true)
            ) { stage in
                let disk = stage.fleet.storeDirectory
                Disk.fill(disk + "/fill")
                try await Task.sleep(for: .seconds(3))
                try? FileManager.default.removeItem(atPath: disk + "/fill")
                await stage.leads("when there is space again")
                // Nothing can be made read-only that somebody has open.
                for process in stage.fleet.coordinators { process.send(SIGKILL) }
                for process in stage.fleet.coordinators { _ = try await process.exit() }
                stage.expect(Disk.remount(disk, readOnly: true), "can't be made read-only")
                for place in stage.fleet.addresses.indices { try stage.fleet.restart(place) }
                try await Task.sleep(for: .seconds(3))
                let leader = await stage.fleet.leader()
                stage.expect(leader == nil, "somebody leads although nobody can write")
                stage.expect(Disk.remount(disk, readOnly: false), "can't be made writable")
                await stage.leads("when the disk can be written again")
                await stage.settles()
            },
            Scenario(name: "F-10", help: "the store is deleted, replaced, overwritten or cut") { stage in
                stage.ask(stage.standby)
                let path = stage.fleet.storePath
                let copy = path + ".copy"
                try Database(path: path).run("VACUUM INTO '\(copy)'")
                stage.fleet.noteOtherStore()
                switch Int.random(in: 0..<4) {
                case 0:
                    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
                case 1:
                    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
                    rename(copy, path)
                case 2:
                    try Data(count: 20_000).write(to: URL(filePath: path), options: .atomic)
                default:
                    try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 5_000)
                }
                try await Task.sleep(for: ChaosFleet.lifetime * 3)
                await stage.leads("afterwards")
                await stage.settles()
            },
        ]
    }
}

extension Stage {
    /// Waits until somebody leads.
    func leads(_ when: String) async {
        let start = ContinuousClock.now
        let fleet = fleet
        let limit = fleet.takeoverLimit * 2 + lateness
        let leads = await eventually(within: max(limit, .seconds(20))) { await fleet.leader() != nil }
        let took = start.duration(to: .now)
        expect(leads && took <= limit, "nobody leads \(when), or only after \(took)")
    }
}
