public import FleetProtocol
public import Lease
import SQLite

/// Keeps the plan, in the file that the lease is in.
///
/// Each write compares the lease in the same transaction, so that nobody writes in whose term another one has begun.
public struct PlanStore: Sendable {
    private let file: StoreFile

    public init(in file: StoreFile) {
        self.file = file
    }

    /// Begins a term with the plan of the one before.
    ///
    /// - Parameter known: the last plan that was seen in the store: it is kept again where the store is an older copy.
    /// - Returns: the stored plan under its new identity; without shares and owners where there is none, or none that can
    ///   be read.
    /// - Throws: `overtaken` where the lease is another's.
    public func takeOffice(
        _ term: Election.Term, knowing known: Plan? = nil
    ) throws(StoreError) -> (plan: Plan, isFresh: Bool) {
        try file.write { database throws(StoreError) in
            var (identity, body) = try Self.read(database)
            if let known, identity.isOlder(than: known.identity) {
                (identity.revision, body) = (known.identity.revision, try Self.encode(known))
            }
            identity.epoch = term.epoch
            identity.holder = term.holder.description
            try Self.checkLease(of: identity, database)
            try database.perform(
                "UPDATE plan SET epoch = ?, holder = ?, revision = ?, body = ?", .count(identity.epoch),
                .text(identity.holder), .count(identity.revision), body.map { .text($0) } ?? .null)
            var plan = body.flatMap(Self.decode)
            plan?.identity = identity
            return (plan ?? Plan(identity: identity, configuration: .init(yaml: "")), plan == nil)
        }
    }

    /// Keeps a plan in place of the last one of the same term.
    ///
    /// - Throws: `overtaken` where the lease is another's, or the plan is no greater than the stored one.
    public func keep(_ plan: Plan) throws(StoreError) {
        let body = try Self.encode(plan)
        let identity = plan.identity
        try file.write { database throws(StoreError) in
            try Self.checkLease(of: identity, database)
            let known = try Self.read(database).identity
            guard known.store == identity.store, known.holder == identity.holder, known.epoch == identity.epoch,
                known.revision < identity.revision
            else { throw .overtaken }
            try database.perform(
                "UPDATE plan SET revision = ?, body = ?", .count(identity.revision), .text(body))
        }
    }

    /// The plan that was kept last, for who doesn't lead; nil where there is none.
    public func plan() throws(StoreError) -> Plan? {
        try file.read { database throws(StoreError) in
            let (identity, body) = try Self.read(database)
            var plan = body.flatMap(Self.decode)
            plan?.identity = identity
            return plan
        }
    }

    /// Of the plan that was kept last.
    public func identity() throws(StoreError) -> PlanIdentity {
        try file.read { database throws(StoreError) in try Self.read(database).identity }
    }

    private static func checkLease(of identity: PlanIdentity, _ database: Database) throws(StoreError) {
        let record = try LeaseRecord(in: database)
        guard record.epoch == identity.epoch, record.holder?.description == identity.holder else { throw .overtaken }
    }

    static func read(_ database: Database) throws(StoreError) -> (identity: PlanIdentity, body: String?) {
        let rows = try database.perform("SELECT store, epoch, holder, revision, body FROM plan")
        guard let row = rows.first, let store = row[0].text, let epoch = row[1].count, let holder = row[2].text,
            let revision = row[3].count
        else { throw .file(.init(.corrupt, "the plan has no row that a coordinator can have written")) }
        let identity = PlanIdentity(epoch: epoch, store: store, holder: holder, revision: revision)
        return (identity, row[4].text)
    }

    /// Of what can't be read, shards know all that matters.
    private static func decode(_ body: String) -> Plan? {
        guard let plan = try? FleetMessage.decode(Plan.self, from: Array(body.utf8)), plan.flaw == nil else {
            return nil
        }
        return plan
    }

    private static func encode(_ plan: Plan) throws(StoreError) -> String {
        do {
            return String(decoding: try FleetMessage.encode(plan), as: UTF8.self)
        } catch {
            throw .unreadable("can't be written: \(error)")
        }
    }
}
