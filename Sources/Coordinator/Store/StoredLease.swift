import FleetProtocol
public import Lease
import SQLite

/// The lease as a row of the coordinators' file.
public struct StoredLease: LeaseStore {
    private let file: StoreFile

    public init(in file: StoreFile) {
        self.file = file
    }

    public func perform(_ action: LeaseAttempt.Action) -> LeaseOutcome {
        do throws(StoreError) {
            switch action {
            case .read: return .found(try record)
            case .replace(let expected, let record): return try replace(expected, with: record)
            }
        } catch {
            return .failed(error.failure ?? LeaseFailure(.inputOutput, error.description))
        }
    }

    /// For a coordinator that is the only one: takes the lease from whoever has it, so that nobody is waited for.
    public func free() throws(StoreError) {
        try file.write { database throws(StoreError) in
            try database.perform("UPDATE lease SET name = NULL, nonce = NULL, renewal = renewal + 1")
        }
    }

    private var record: LeaseRecord {
        get throws(StoreError) {
            try file.read { database throws(StoreError) in try LeaseRecord(in: database) }
        }
    }

    private func replace(_ expected: LeaseRecord?, with record: LeaseRecord) throws(StoreError) -> LeaseOutcome {
        // A renewal that a loss of power takes back makes the others wait longer, and no epoch begin twice.
        let isRenewal = expected.map { $0.epoch == record.epoch && $0.holder == record.holder } ?? false
        return try file.write(isDurable: !isRenewal) { database throws(StoreError) in
            let found = try LeaseRecord(in: database)
            guard found == expected else { return .found(found) }
            try record.write(to: database)
            return .written
        }
    }
}

extension LeaseRecord {
    init(in database: Database) throws(StoreError) {
        let row = try database.perform("SELECT name, nonce, epoch, renewal, lifetime FROM lease").first
        guard let row, let epoch = row[2].count, let renewal = row[3].count, let lifetime = row[4].integer else {
            throw .file(.init(.corrupt, "the lease has no row that a coordinator can have written"))
        }
        let holder = row[0].text.flatMap { name in
            row[1].integer.map { Candidate(name: name, nonce: UInt64(bitPattern: $0)) }
        }
        self.init(holder: holder, epoch: epoch, renewal: renewal, lifetime: .nanoseconds(lifetime))
    }

    fileprivate func write(to database: Database) throws(StoreError) {
        try database.perform(
            "UPDATE lease SET name = ?, nonce = ?, epoch = ?, renewal = ?, lifetime = ?",
            holder.map { .text($0.name) } ?? .null, holder.map { .integer(Int64(bitPattern: $0.nonce)) } ?? .null,
            .count(epoch), .count(renewal), .integer(Int64(lifetime / .nanoseconds(1))))
    }
}
