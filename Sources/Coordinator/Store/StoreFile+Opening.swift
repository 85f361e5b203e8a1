import Glibc
import Lease
import SQLite
import ServiceRuntime

extension StoreFile {
    static let schema: Int64 = 2

    /// One process at a time opens it, and so no two set the same file aside.
    func open() throws(StoreError) -> Database {
        let turn = try FileTurn(path + ".lock", patience: patience)
        defer { withExtendedLifetime(turn) {} }
        do throws(StoreError) { return try openSound() } catch {
            guard let failure = error.failure, failure.kind == .corrupt else { throw error }
            try setAside(because: failure.reason)
            return try openSound()
        }
    }

    private func openSound() throws(StoreError) -> Database {
        let database: Database
        do throws(SQLiteError) { database = try Database(path: path, busyTimeout: patience) } catch {
            throw .file(error.failure)
        }
        try prepare(database)
        try check(database)
        if isOnNetwork {
            logger.warning(
                "the store is on a network file system, whose locks may not hold", ["path": .string(path)])
        }
        return database
    }

    private func check(_ database: Database) throws(StoreError) {
        let damage: String?
        do throws(SQLiteError) { damage = try database.damage() } catch { throw .file(error.failure) }
        if let damage { throw .file(.init(.corrupt, "\(path): \(damage)")) }
        _ = try LeaseRecord(in: database)
        _ = try PlanStore.read(database)
    }

    private func prepare(_ database: Database) throws(StoreError) {
        let version = try database.perform("PRAGMA user_version").first?.first?.integer ?? 0
        guard version <= Self.schema else {
            throw .file(.init(.newer, "\(path) has the schema \(version), which a later release has made"))
        }
        guard version < Self.schema else { return }
        try database.immediately(
            { () throws(StoreError) in try Self.makeTables(database) }, failure: { .file($0.failure) })
    }

    private static func makeTables(_ database: Database) throws(StoreError) {
        try database.perform(
            """
            CREATE TABLE IF NOT EXISTS plan (
                id INTEGER PRIMARY KEY CHECK (id = 1), store TEXT NOT NULL, epoch INTEGER NOT NULL,
                holder TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT
            ) STRICT
            """)
        try database.perform(
            """
            CREATE TABLE IF NOT EXISTS lease (
                id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT, nonce INTEGER, epoch INTEGER NOT NULL,
                renewal INTEGER NOT NULL, lifetime INTEGER NOT NULL
            ) STRICT
            """)
        try database.perform(
            """
            CREATE TABLE IF NOT EXISTS coordinator (
                name TEXT PRIMARY KEY, nonce INTEGER NOT NULL, url TEXT NOT NULL, mode TEXT NOT NULL
            ) STRICT
            """)
        let store = String(UInt64.random(in: .min ... .max), radix: 36)
        try database.perform("INSERT OR IGNORE INTO plan VALUES (1, ?, 0, '', 0, NULL)", .text(store))
        try database.perform("INSERT OR IGNORE INTO lease SELECT 1, NULL, NULL, epoch, 0, 0 FROM plan")
        try database.perform("PRAGMA user_version = \(schema)")
    }

    /// Whoever still has it open finds it replaced.
    private func setAside(because reason: String) throws(StoreError) {
        let place = "\(path).corrupt-\(WallClock.system.now.nanoseconds)"
        logger.error(
            "the store is damaged, and is set aside", ["reason": .string(reason), "to": .string(place)])
        for suffix in ["", "-wal", "-shm", "-journal"] {
            guard rename(path + suffix, place + suffix) != 0, errno != ENOENT else { continue }
            throw .file(.init(.inputOutput, "\(path)\(suffix) can't be set aside: \(String(cString: strerror(errno)))"))
        }
    }
}
