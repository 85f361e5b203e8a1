public import SQLite

/// Why the plan can't be kept or read.
public enum StoreError: Error, Sendable {
    case database(SQLiteError)
    /// Somebody else has written since: whoever gets this no longer leads.
    case overtaken
    /// Written by a later release.
    case newerSchema(Int64)
    case unreadable(String)

    /// A bounded name, for metrics.
    public var label: String {
        switch self {
        case .database(let error): error.label
        case .overtaken: "overtaken"
        case .newerSchema: "newer_schema"
        case .unreadable: "unreadable"
        }
    }
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .database(let error): "the store: \(error)"
        case .overtaken: "the store has been written by another coordinator"
        case .newerSchema(let version): "the store has the schema \(version), which a later release has made"
        case .unreadable(let reason): "the stored plan \(reason)"
        }
    }
}
