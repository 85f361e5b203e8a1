import Glibc
public import Lease
import Locks
import SQLite
public import ServiceRuntime

/// The one file that the coordinators of a fleet share: who leads, the plan, and who they are. Nothing that is written
/// often is in it.
///
/// What it guarantees, of processes on one host:
/// - Each write is one immediate transaction. What it compares, and what it writes, nobody changes in between. It is on disk
///   when it returns, save a renewal of the lease: one that is lost with the power is lost with its holder.
/// - A process that is killed in the middle of one leaves no trace, and no lock.
/// - What was replaced or deleted underneath is noticed before it is used again; it takes no longer than until the next
///   renewal of the lease.
/// - A file that is damaged when it is opened is set aside, by one process, and never taken for an empty one.
///
/// What it doesn't guarantee:
/// - That a writer gets in. One that is stopped inside its transaction keeps all others out, and they only find it busy.
/// - Anything between hosts. On a network file system all depends on that system's locks, which is said in the log and
///   in metrics; write-ahead logging needs memory that processes share, and so isn't used there.
/// - That a file that was overwritten in place is noticed at once: it is when somebody reads what differs.
///
/// The file is opened by nothing but SQLite: the locks of a process end when it closes any other descriptor of it.
public final class StoreFile: Sendable {
    let path: String
    /// Below what a holder's trust leaves after a renewal, so that a write that comes too late is known in time.
    let patience: Duration
    let logger: Logger
    private let opened = Locked<Database?>(nil)

    /// Opens nothing yet: a store that isn't there now may be there later.
    public init(path: String, patience: Duration = LeaseTiming.standard.patience, logger: Logger) {
        self.path = path
        self.patience = patience
        self.logger = logger
    }

    /// Whether locks are another host's to keep.
    public var isOnNetwork: Bool { Database.isOnNetwork(path) }

    /// Runs all of it or nothing; nobody else writes meanwhile.
    @discardableResult
    func write<Result: Sendable>(
        isDurable: Bool = true, _ body: (Database) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        try read { database throws(StoreError) in
            try database.immediately(
                isDurable: isDurable, { () throws(StoreError) in try body(database) },
                failure: { .file($0.failure) })
        }
    }

    func read<Result: Sendable>(_ body: (Database) throws(StoreError) -> Result) throws(StoreError) -> Result {
        try opened.withLock { opened throws(StoreError) in
            let database = try current(&opened)
            do throws(StoreError) { return try body(database) } catch {
                // When it is opened again, it is checked.
                if error.failure?.kind == .corrupt { opened = nil }
                throw error
            }
        }
    }

    private func current(_ opened: inout Database?) throws(StoreError) -> Database {
        guard let database = opened else {
            let database = try open()
            opened = database
            return database
        }
        guard !database.hasMoved else {
            opened = nil
            throw .file(.init(.replaced, "\(path) is another file than the one that was opened"))
        }
        return database
    }
}

extension Database {
    /// `run`, for whoever is inside a transaction of the store.
    @discardableResult
    func perform(_ sql: String, _ values: SQLiteValue...) throws(StoreError) -> [[SQLiteValue]] {
        do throws(SQLiteError) { return try run(sql, values) } catch { throw .file(error.failure) }
    }
}

extension SQLiteError {
    var failure: LeaseFailure {
        switch kind {
        case .busy: LeaseFailure(.busy, reason)
        case .full: LeaseFailure(.full, reason)
        case .readOnly: LeaseFailure(.readOnly, reason)
        case .corrupt: LeaseFailure(.corrupt, reason)
        case .unavailable: LeaseFailure(.missing, reason)
        case .io, .constraint, .other: LeaseFailure(.inputOutput, reason)
        }
    }
}
