import FleetProtocol
import SQLite

/// Epochs, revisions and renewals: each is one more than the one before.
extension SQLiteValue {
    static func count(_ count: UInt64) -> SQLiteValue { .integer(Int64(bitPattern: count)) }

    /// Nil where nobody can have counted so far: there would be no next.
    var count: UInt64? {
        integer.flatMap(UInt64.init(exactly:)).flatMap { $0 <= PlanIdentity.highest ? $0 : nil }
    }
}
