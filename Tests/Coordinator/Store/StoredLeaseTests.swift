import Dispatch
import Foundation
import Lease
import Locks
import SQLite
import ServiceRuntime
import Store
import TestSupport
import Testing

/// Real files, each opened several times, as by several processes.
struct StoredLeaseTests {
    private let directory: TemporaryDirectory
    private let path: String
    private let log = CollectedLog()

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("fleet.db")
    }

    private func store(at path: String? = nil) -> StoredLease {
        StoredLease(
            in: StoreFile(path: path ?? self.path, patience: .milliseconds(500), logger: log.log().logger("store")))
    }

    private static func candidate(_ number: UInt64) -> Candidate { Candidate(name: "c", nonce: number) }

    private func claim(_ store: StoredLease, by number: UInt64, above floor: UInt64 = 0) -> LeaseOutcome {
        guard case .found(let found) = store.perform(.read) else { return .failed(LeaseFailure(.missing, "unread")) }
        return store.perform(
            .replace(
                found, with: .claimed(after: found, above: floor, by: Self.candidate(number), lifetime: .seconds(9))))
    }

    private func record(_ store: StoredLease) -> LeaseRecord? {
        if case .found(let record) = store.perform(.read) { record } else { nil }
    }

    private func failure(_ outcome: LeaseOutcome) -> LeaseFailure.Kind? {
        if case .failed(let failure) = outcome { failure.kind } else { nil }
    }

    @Test func whatOneWritesTheOtherReads() throws {
        let (one, other) = (store(), store())
        #expect(record(one)?.holder == nil)
        #expect(claim(one, by: .max, above: 41) == .written)
        let seen = try #require(record(other))
        #expect(seen.epoch == 42 && seen.holder == Self.candidate(.max) && seen.lifetime == .seconds(9))
    }

    @Test(arguments: ["epoch = -1", "epoch = 9007199254740993", "renewal = -5", "renewal = 9223372036854775807"])
    func aLeaseThatLeavesNoRoomForTheNextIsSetAside(_ change: String) throws {
        let store = store()
        #expect(claim(store, by: 1) == .written)
        try Database(path: path).run("UPDATE lease SET \(change)")
        #expect(failure(store.perform(.read)) == .corrupt)
        #expect(record(store)?.epoch == 0)
    }

    @Test func onlyWhatIsExpectedIsReplaced() throws {
        let (one, other) = (store(), store())
        let empty = record(one)
        #expect(claim(one, by: 1) == .written)
        let late = LeaseRecord.claimed(after: empty, above: 0, by: Self.candidate(2), lifetime: .seconds(9))
        #expect(other.perform(.replace(empty, with: late)) == .found(record(one)))
        #expect(record(other)?.holder == Self.candidate(1))
    }

    @Test func ofFiftyAtTheSameMomentOneWins() throws {
        for round in 1...5 {
            let outcomes = Locked<[LeaseOutcome]>([])
            let stores = (0..<50).map { _ in store() }
            let found = record(stores[0])
            DispatchQueue.concurrentPerform(iterations: stores.count) { number in
                let mine = LeaseRecord.claimed(
                    after: found, above: 0, by: Self.candidate(UInt64(number + round * 100)), lifetime: .seconds(9))
                var outcome = stores[number].perform(.replace(found, with: mine))
                while failure(outcome) == .busy { outcome = stores[number].perform(.replace(found, with: mine)) }
                outcomes.withLock { $0.append(outcome) }
            }
            let all = outcomes.withLock { $0 }
            #expect(all.count { $0 == .written } == 1, "\(all)")
            #expect(all.count { failure($0) != nil } == 0, "\(all.compactMap(failure))")
            #expect(record(stores[0])?.epoch == UInt64(round))
        }
    }

    @Test func aFileThatWasDeletedIsNoticedBeforeAnythingIsWritten() throws {
        let (one, other) = (store(), store())
        #expect(claim(one, by: 1) == .written)
        let held = record(one)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        #expect(claim(other, by: 2) == .written)
        #expect(failure(one.perform(.replace(held, with: held!.renewed(lifetime: .seconds(9))))) == .replaced)
        #expect(record(one)?.holder == Self.candidate(2))
    }

    @Test func anOlderCopyInItsPlaceIsNoticed() throws {
        let one = store()
        #expect(claim(one, by: 1) == .written)
        let copy = directory.path("copy.db")
        try Database(path: path).run("VACUUM INTO '\(copy)'")
        let old = record(one)
        #expect(one.perform(.replace(old, with: old!.renewed(lifetime: .seconds(9)))) == .written)
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        #expect(rename(copy, path) == 0)
        #expect(failure(one.perform(.read)) == .replaced)
        #expect(record(one)?.renewal == old?.renewal)
    }

    @Test func garbageIsSetAsideOnceAndNotTakenForAnEmptyStore() throws {
        try directory.write(String(repeating: "garbage ", count: 2_000), to: "fleet.db")
        let stores = (0..<8).map { _ in store() }
        DispatchQueue.concurrentPerform(iterations: stores.count) { _ = stores[$0].perform(.read) }
        #expect(claim(stores[0], by: 1) == .written)
        #expect(stores.allSatisfy { record($0)?.holder == Self.candidate(1) })
        let aside = try FileManager.default.contentsOfDirectory(atPath: directory.path(""))
            .filter { $0.contains("corrupt") }
        #expect(aside.count == 1)
        #expect(log.lines.contains { $0.contains("set aside") })
    }

    @Test func aTruncatedFileIsSetAside() throws {
        do {
            let one = store()
            #expect(claim(one, by: 1) == .written)
        }
        try FileHandle(forUpdating: URL(filePath: path)).truncate(atOffset: 5_000)
        let one = store()
        #expect(claim(one, by: 2) == .written)
        #expect(log.lines.contains { $0.contains("set aside") })
    }

    @Test func whatALaterReleaseHasMadeIsLeftAlone() throws {
        try Database(path: path).run("PRAGMA user_version = 99")
        #expect(failure(store().perform(.read)) == .newer)
        #expect(try Database(path: path).run("PRAGMA user_version") == [[.integer(99)]])
    }

    @Test func aWriterThatStaysAwayIsNotWaitedForTooLong() throws {
        let one = store()
        #expect(claim(one, by: 1) == .written)
        let other = try Database(path: path)
        try other.run("BEGIN IMMEDIATE")
        #expect(failure(claim(one, by: 2)) == .busy)
        try other.run("COMMIT")
        #expect(claim(one, by: 2) == .written)
    }

    @Test func aDirectoryThatIsGoneIsMissing() {
        #expect(failure(store(at: directory.path("nowhere/fleet.db")).perform(.read)) == .missing)
    }

    @Test func onlyTheOwnerReadsIt() throws {
        #expect(claim(store(), by: 1) == .written)
        for name in ["fleet.db", "fleet.db.lock"] {
            let mode = try FileManager.default.attributesOfItem(atPath: directory.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func aFullDiskAndAReadOnlyOneAreSaidAndRecoveredFrom() throws {
        let disk = directory.path("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        #expect(mount("tmpfs", disk, "tmpfs", 0, "size=256k") == 0)
        defer { umount2(disk, Int32(MNT_DETACH)) }
        try fill(disk, under: store(at: disk + "/fleet.db"))
        // Nothing can be made read-only that somebody has open.
        #expect(mount("tmpfs", disk, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
        let readOnly = failure(store(at: disk + "/fleet.db").perform(.read))
        #expect(readOnly == .readOnly)
    }

    private func fill(_ disk: String, under one: StoredLease) throws {
        #expect(claim(one, by: 1) == .written)
        let fill = open(disk + "/fill", O_WRONLY | O_CREAT, 0o600)
        let zeros = [UInt8](repeating: 0, count: 4096)
        while write(fill, zeros, zeros.count) > 0 {}
        close(fill)
        var number: UInt64 = 1
        let isFull = (0..<200).contains { _ in
            number += 1
            return failure(claim(one, by: number)) == .full
        }
        #expect(isFull)
        try FileManager.default.removeItem(atPath: disk + "/fill")
        #expect(claim(one, by: 1_000) == .written)
    }

    @Test func whoIsAloneWaitsForNobody() throws {
        let one = store()
        #expect(claim(one, by: 1) == .written)
        try one.free()
        let freed = try #require(record(one))
        #expect(freed.holder == nil && freed.epoch == 1 && freed.renewal == 2)
    }
}
