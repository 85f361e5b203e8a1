public import FleetProtocol
import Locks
import SQLite

/// Keeps the plan in a file. Nothing that is written often is in it.
///
/// Each write is one immediate transaction that compares who wrote last, so that of two coordinators with one file the
/// one that took office later wins, and the other learns of it.
public final class PlanStore: Sendable {
    private let database: Database
    /// Held for a transaction.
    private let turn = Locked(())

    private static let schema: Int64 = 1

    /// - Parameter path: of the file; its directory has to be there.
    public init(path: String) throws(StoreError) {
        do throws(SQLiteError) {
            database = try Database(path: path)
        } catch {
            throw .database(error)
        }
        try transaction { database throws(StoreError) in try Self.prepare(database) }
    }

    private static func prepare(_ database: Database) throws(StoreError) {
        try store { () throws(SQLiteError) in
            let version = try database.run("PRAGMA user_version").first?.first?.integer ?? 0
            guard version == 0 else { return version }
            try database.run(
                """
                CREATE TABLE plan (
                    id INTEGER PRIMARY KEY CHECK (id = 1), store TEXT NOT NULL, epoch INTEGER NOT NULL,
                    holder TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT
                ) STRICT
                """)
            let store = String(UInt64.random(in: .min ... .max), radix: 36)
            try database.run("INSERT INTO plan VALUES (1, ?, 0, '', 0, NULL)", .text(store))
            try database.run("PRAGMA user_version = \(schema)")
            return schema
        }.checked()
    }

    /// Begins another epoch.
    ///
    /// - Parameters:
    ///   - holder: this process; no other may ever have the same name.
    ///   - epoch: the new one is greater than this one, too.
    /// - Returns: the stored plan under its new identity; without shares and owners where there was none.
    public func takeOffice(_ holder: String, above epoch: UInt64 = 0) throws(StoreError) -> (plan: Plan, isFresh: Bool)
    {
        try transaction { database throws(StoreError) in
            let (known, body) = try Self.read(database)
            var identity = known
            identity.epoch = max(known.epoch, epoch) + 1
            identity.holder = holder
            try Self.store { () throws(SQLiteError) in
                try database.run("UPDATE plan SET epoch = ?, holder = ?", identity.epochValue, .text(holder))
            }
            var plan = try body.map { text throws(StoreError) in try Self.decode(text) }
            plan?.identity = identity
            return (plan ?? Plan(identity: identity, configuration: .init(yaml: "")), plan == nil)
        }
    }

    /// Keeps a plan in place of the last one of the same epoch and holder.
    ///
    /// - Throws: `overtaken` where another coordinator took office, or the plan is no greater than the stored one.
    public func keep(_ plan: Plan) throws(StoreError) {
        let body = try Self.encode(plan)
        let identity = plan.identity
        try transaction { database throws(StoreError) in
            let known = try Self.read(database).identity
            guard known.store == identity.store, known.holder == identity.holder, known.epoch <= identity.epoch,
                known.revision < identity.revision
            else { throw .overtaken }
            try Self.store { () throws(SQLiteError) in
                try database.run(
                    "UPDATE plan SET epoch = ?, revision = ?, body = ?", identity.epochValue,
                    .integer(Int64(bitPattern: identity.revision)), .text(body))
            }
        }
    }

    private func transaction<Result: Sendable>(
        _ body: (Database) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        try turn.withLock { _ throws(StoreError) in
            try database.immediately({ () throws(StoreError) in try body(database) }, failure: { .database($0) })
        }
    }

    private static func read(_ database: Database) throws(StoreError) -> (identity: PlanIdentity, body: String?) {
        let rows = try store { () throws(SQLiteError) in
            try database.run("SELECT store, epoch, holder, revision, body FROM plan")
        }
        guard let row = rows.first, let store = row[0].text, let epoch = row[1].integer, let holder = row[2].text,
            let revision = row[3].integer
        else { throw .unreadable("has no row") }
        let identity = PlanIdentity(
            epoch: UInt64(bitPattern: epoch), store: store, holder: holder, revision: UInt64(bitPattern: revision))
        return (identity, row[4].text)
    }

    @discardableResult
    private static func store<Result>(_ body: () throws(SQLiteError) -> Result) throws(StoreError) -> Result {
        do throws(SQLiteError) { return try body() } catch { throw .database(error) }
    }

    private static func decode(_ body: String) throws(StoreError) -> Plan {
        do throws(MalformedMessage) {
            return try FleetMessage.decode(Plan.self, from: Array(body.utf8))
        } catch {
            throw .unreadable(error.reason)
        }
    }

    private static func encode(_ plan: Plan) throws(StoreError) -> String {
        do {
            return String(decoding: try FleetMessage.encode(plan), as: UTF8.self)
        } catch {
            throw .unreadable("can't be written: \(error)")
        }
    }
}

extension Int64 {
    /// A schema that this release knows.
    fileprivate func checked() throws(StoreError) {
        guard self == 1 else { throw .newerSchema(self) }
    }
}

extension PlanIdentity {
    fileprivate var epochValue: SQLiteValue { .integer(Int64(bitPattern: epoch)) }
}
