public import Lease

/// Why the plan can't be kept or read.
public enum StoreError: Error, Equatable, Sendable {
    case file(LeaseFailure)
    /// Somebody else has taken office since, or written: whoever gets this no longer leads.
    case overtaken
    case unreadable(String)

    /// A bounded name, for metrics.
    public var label: String {
        switch self {
        case .file(let failure): failure.kind.rawValue
        case .overtaken: "overtaken"
        case .unreadable: "unreadable"
        }
    }

    public var failure: LeaseFailure? {
        if case .file(let failure) = self { failure } else { nil }
    }
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let failure): "the store: \(failure.reason)"
        case .overtaken: "the store has been written by another coordinator"
        case .unreadable(let reason): "the plan \(reason)"
        }
    }
}
