import CSQLite

/// What SQLite says when something doesn't work.
public struct SQLiteError: Error, Hashable, Sendable {
    /// Extended; the primary code is in its lowest byte.
    public let code: Int32
    /// The statement, and what is wrong with it.
    public let reason: String

    public var kind: Kind { Kind(code: code) }

    /// A bounded name, for metrics.
    public var label: String { kind.rawValue }

    public enum Kind: String, CaseIterable, Sendable {
        /// Somebody else is writing, for longer than we wait.
        case busy
        case full
        /// Not there, or not ours to open.
        case unavailable
        case readOnly = "read_only"
        /// Damaged, or no database at all.
        case corrupt
        case io
        case constraint
        case other

        init(code: Int32) {
            switch code & 0xFF {
            case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
            case SQLITE_FULL: self = .full
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: self = .unavailable
            case SQLITE_READONLY: self = .readOnly
            case SQLITE_CORRUPT, SQLITE_NOTADB: self = .corrupt
            case SQLITE_IOERR: self = .io
            case SQLITE_CONSTRAINT: self = .constraint
            default: self = .other
            }
        }
    }
}

extension SQLiteError: CustomStringConvertible {
    public var description: String { reason }
}
