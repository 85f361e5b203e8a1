import Foundation
import SQLite
import TestSupport
import Testing

struct DatabaseTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("file.db")
    }

    @Test func valuesComeBackAsTheyWereGiven() throws {
        let database = try Database(path: path)
        try database.run("CREATE TABLE t (a, b, c)")
        try database.run("INSERT INTO t VALUES (?, ?, ?)", .integer(.min), .text("é '\"; \u{1}"), .null)
        #expect(try database.run("SELECT a, b, c FROM t") == [[.integer(.min), .text("é '\"; \u{1}"), .null]])
        #expect(database.changes == 1)
    }

    @Test func onlyTheOwnerMayReadTheFile() throws {
        let database = try Database(path: path)
        try database.run("CREATE TABLE t (a)")
        for name in ["file.db", "file.db-wal", "file.db-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: directory.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    private struct Unwilling: Error {}

    @Test func whatFailsHalfWayIsUndone() throws {
        let database = try Database(path: path)
        try database.run("CREATE TABLE t (a)")
        #expect(throws: (any Error).self) {
            try database.immediately(
                { () throws(any Error) in
                    try database.run("INSERT INTO t VALUES (1)")
                    throw Unwilling()
                }, failure: { $0 })
        }
        #expect(try database.run("SELECT * FROM t") == [])
    }

    @Test func aWriterIsWaitedForNoLongerThanToldTo() throws {
        let (one, other) = (
            try Database(path: path), try Database(path: path, busyTimeout: .milliseconds(20))
        )
        try one.run("BEGIN IMMEDIATE")
        do throws(SQLiteError) {
            try other.run("BEGIN IMMEDIATE")
            Issue.record("two writers")
        } catch {
            #expect(error.kind == .busy)
        }
        try one.run("COMMIT")
        try other.run("BEGIN IMMEDIATE")
    }

    @Test func whatIsNoDatabaseIsCorrupt() throws {
        try directory.write(String(repeating: "no database ", count: 100), to: "file.db")
        do throws(SQLiteError) {
            _ = try Database(path: path)
            Issue.record("opened")
        } catch {
            #expect(error.kind == .corrupt)
        }
    }

    @Test func aFileThatCannotBeMadeIsUnavailable() throws {
        do throws(SQLiteError) {
            _ = try Database(path: directory.path("missing/file.db"))
            Issue.record("opened")
        } catch {
            #expect(error.kind == .unavailable)
        }
    }

    @Test func aLocalDiskIsNoNetwork() {
        #expect(!Database.isOnNetwork(path))
    }
}
