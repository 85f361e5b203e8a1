import CLinux
import CSQLite
import Glibc

/// A connection to a database file. SQLite lets one thread in at a time; that a transaction is one thread's is up to who
/// uses it.
///
/// The file is opened by nothing but SQLite: closing any other descriptor of it would drop the process's POSIX locks.
public final class Database: Sendable {
    private nonisolated(unsafe) let handle: OpaquePointer
    private let hasLog: Bool

    /// Creates the file, readable by its owner only, where there is none.
    ///
    /// - Parameter busyTimeout: how long to wait for others who write.
    public init(path: String, busyTimeout: Duration = .milliseconds(500)) throws(SQLiteError) {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let reason = String(cString: sqlite3_errstr(code))
            sqlite3_close_v2(handle)
            throw SQLiteError(code: code, reason: "\(path): \(reason)")
        }
        self.handle = handle
        hasLog = !Self.isOnNetwork(path)
        chmod(path, 0o600)
        sqlite3_busy_timeout(handle, Int32(busyTimeout / .milliseconds(1)))
        try run("PRAGMA synchronous = FULL")
        try run("PRAGMA journal_mode = \(hasLog ? "WAL" : "DELETE")")
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    /// Runs one statement to its end.
    ///
    /// - Returns: its rows.
    @discardableResult
    public func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> [[SQLiteValue]] {
        try run(sql, values)
    }

    @discardableResult
    public func run(_ sql: String, _ values: [SQLiteValue]) throws(SQLiteError) -> [[SQLiteValue]] {
        let statement = try prepare(sql)
        defer { sqlite3_finalize(statement) }
        for (place, value) in values.enumerated() { try bind(value, at: Int32(place + 1), of: statement, sql) }
        var rows: [[SQLiteValue]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append(Self.row(of: statement))
            case SQLITE_DONE: return rows
            default: throw error(sql)
            }
        }
    }

    /// Whether what lies at the path is another file than the one that is open, or none.
    public var hasMoved: Bool {
        var hasMoved: Int32 = 0
        let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return code == SQLITE_OK && hasMoved != 0
    }

    /// What is damaged; nil where all is sound.
    public func damage() throws(SQLiteError) -> String? {
        let findings = try run("PRAGMA integrity_check(1)").first?.first?.text
        return findings == "ok" ? nil : findings ?? "can't be checked"
    }

    /// How many rows the last statement changed.
    public var changes: Int { Int(sqlite3_changes(handle)) }

    /// Runs all of it or nothing; nobody else writes meanwhile.
    ///
    /// - Parameter isDurable: whether it must outlive a loss of power. Where it needn't, the others aren't kept out while
    ///   the disk is waited for; it outlives the process all the same.
    public func immediately<Result, Failure: Error>(
        isDurable: Bool = true, _ body: () throws(Failure) -> Result, failure: (SQLiteError) -> Failure
    ) throws(Failure) -> Result {
        do throws(SQLiteError) {
            try run("PRAGMA synchronous = \(isDurable || !hasLog ? "FULL" : "NORMAL")")
        } catch { throw failure(error) }
        do throws(SQLiteError) { try run("BEGIN IMMEDIATE") } catch { throw failure(error) }
        let result: Result
        do throws(Failure) {
            result = try body()
        } catch {
            rollBack()
            throw error
        }
        do throws(SQLiteError) { try run("COMMIT") } catch {
            rollBack()
            throw failure(error)
        }
        return result
    }

    /// A transaction that SQLite has given up itself can't be rolled back, and needn't be.
    private func rollBack() {
        do throws(SQLiteError) { try run("ROLLBACK") } catch {}
    }

    private func prepare(_ sql: String) throws(SQLiteError) -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw error(sql) }
        return statement
    }

    private func bind(
        _ value: SQLiteValue, at place: Int32, of statement: OpaquePointer, _ sql: String
    ) throws(SQLiteError) {
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, place)
            case .integer(let integer): sqlite3_bind_int64(statement, place, integer)
            case .text(let text): sqlite_bind_text(statement, place, text, Int32(text.utf8.count))
            }
        guard code == SQLITE_OK else { throw error(sql) }
    }

    private static func row(of statement: OpaquePointer) -> [SQLiteValue] {
        (0..<sqlite3_column_count(statement)).map { column in
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
            case SQLITE_NULL: .null
            default: .text(sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "")
            }
        }
    }

    private func error(_ sql: String) -> SQLiteError {
        let statement = sql.split(separator: " ").prefix(3).joined(separator: " ")
        return SQLiteError(
            code: sqlite3_extended_errcode(handle), reason: "\(statement): \(String(cString: sqlite3_errmsg(handle)))")
    }

    /// WAL needs memory that is shared between processes, which a network file system doesn't have.
    public static func isOnNetwork(_ path: String) -> Bool {
        var information = statfs()
        let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard statfs(directory, &information) == 0 else { return false }
        return networkFileSystems.contains(UInt32(truncatingIfNeeded: information.f_type))
    }

    /// NFS, SMB, SMB2, CIFS, Lustre, GPFS, Ceph, BeeGFS, AFS, FUSE and 9p: `linux/magic.h` and statfs(2).
    private static let networkFileSystems: Set<UInt32> = [
        0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x0BD0_0BD0, 0x4750_4653, 0x00C3_6400, 0x1983_0326, 0x5346_414F,
        0x6573_5546, 0x0102_1997,
    ]
}
